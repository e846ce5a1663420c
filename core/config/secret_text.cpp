#include "config/secret_text.h"

namespace obm {

std::string withoutSecret(std::string text, std::string_view secret)
{
    if (secret.empty())
        return text;
    for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at + maskedSecret.size()))
        text.replace(at, secret.size(), maskedSecret);
    return text;
}

} // namespace obm

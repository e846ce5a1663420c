#include "config/replace_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace obm {

namespace {

namespace fs = std::filesystem;

std::unexpected<ConfigError> cannot(const std::string& file, int error)
{
    return std::unexpected(
        ConfigError{"", file, fmt::format("expected a file that can be written: {}", std::strerror(error))});
}

// A file beside the one to replace, which goes away unless it takes its place.
class NewFile
{
public:
    explicit NewFile(const std::string& replaced)
        : m_replaced(replaced)
        , m_name(replaced + ".XXXXXX")
        , m_descriptor(mkostemp(m_name.data(), O_CLOEXEC)) // readable by its owner only
    {}
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile()
    {
        if (m_descriptor < 0)
            return;
        close(m_descriptor);
        if (!m_isInPlace)
            unlink(m_name.c_str());
    }

    // All false with errno.
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }
    [[nodiscard]] bool write(const std::string& text) const
    {
        for (std::size_t done = 0; done < text.size();) {
            const ssize_t written = ::write(m_descriptor, text.data() + done, text.size() - done);
            if (written < 0 && errno != EINTR)
                return false;
            done += written < 0 ? 0 : static_cast<std::size_t>(written);
        }
        return true;
    }
    // Of the file that is replaced. The owner too, where that is allowed: root may save for another.
    [[nodiscard]] bool takeMode() const
    {
        struct stat old = {};
        if (stat(m_replaced.c_str(), &old) != 0)
            return errno == ENOENT;
        const bool isOwner = fchown(m_descriptor, old.st_uid, old.st_gid) == 0;
        return fchmod(m_descriptor, isOwner ? old.st_mode & 07777 : old.st_mode & 0700) == 0;
    }
    [[nodiscard]] bool takePlace()
    {
        m_isInPlace = fsync(m_descriptor) == 0 && rename(m_name.c_str(), m_replaced.c_str()) == 0;
        return m_isInPlace;
    }

private:
    std::string m_replaced;
    std::string m_name;
    int m_descriptor;
    bool m_isInPlace = false;
};

} // namespace

std::expected<void, ConfigError> replaceFile(const std::string& file, const std::string& text)
{
    std::error_code error;
    const fs::path real = fs::weakly_canonical(file, error); // a link stays, what it points to is replaced
    if (error)
        return cannot(file, error.value());
    fs::create_directories(real.parent_path(), error);
    if (error)
        return cannot(file, error.value());
    if (access(real.c_str(), W_OK) != 0 && errno != ENOENT) // a folder's rights alone would let a rename through
        return cannot(file, errno);
    NewFile fresh(real.string());
    if (!fresh.isOpen() || !fresh.takeMode() || !fresh.write(text) || !fresh.takePlace())
        return cannot(file, errno);
    return {};
}

} // namespace obm

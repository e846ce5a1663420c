<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en">
<context>
    <name>alert</name>
    <message>
        <source>symbol not live</source>
        <translation>mã chưa live</translation>
    </message>
    <message>
        <source>symbol silent</source>
        <translation>mã im lặng</translation>
    </message>
    <message>
        <source>lag</source>
        <translation>độ trễ Kafka</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>trọng số REST</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>và %1 mục nữa</translation>
    </message>
</context>
<context>
    <name>condition</name>
    <message>
        <source>off</source>
        <translation>tắt</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>đang khởi động</translation>
    </message>
    <message>
        <source>good</source>
        <translation>tốt</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>kém</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>lỗi</translation>
    </message>
</context>
<context>
    <name>journal</name>
    <message>
        <source>Time</source>
        <translation>Thời gian</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Mức độ</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bộ phận</translation>
    </message>
    <message>
        <source>Symbol</source>
        <translation>Mã</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Sự việc</translation>
    </message>
</context>
<context>
    <name>obm</name>
    <message>
        <source>kept here from now on</source>
        <translation>từ giờ được giữ ở đây</translation>
    </message>
    <message>
        <source>first event</source>
        <translation>sự kiện đầu tiên</translation>
    </message>
    <message>
        <source>snapshot loaded</source>
        <translation>đã nạp ảnh chụp</translation>
    </message>
    <message>
        <source>proven by the event after the snapshot</source>
        <translation>được sự kiện sau ảnh chụp xác nhận</translation>
    </message>
    <message>
        <source>the exchange delivered no snapshot</source>
        <translation>sàn không trả về ảnh chụp</translation>
    </message>
    <message>
        <source>the exchange does not know the symbol</source>
        <translation>sàn không biết mã này</translation>
    </message>
    <message>
        <source>gap: at least one event is missing</source>
        <translation>đứt đoạn: thiếu ít nhất một sự kiện</translation>
    </message>
    <message>
        <source>an event could not be read</source>
        <translation>có một sự kiện không đọc được</translation>
    </message>
    <message>
        <source>crossed: best bid not below best ask</source>
        <translation>chéo giá: giá mua tốt nhất không thấp hơn giá bán tốt nhất</translation>
    </message>
    <message>
        <source>the snapshot is older than the events kept</source>
        <translation>ảnh chụp cũ hơn các sự kiện đang giữ</translation>
    </message>
    <message>
        <source>the snapshot is empty, unsorted or crossed</source>
        <translation>ảnh chụp rỗng, không có thứ tự hoặc chéo giá</translation>
    </message>
    <message>
        <source>the price left the proven range</source>
        <translation>giá đã ra khỏi khoảng được xác nhận</translation>
    </message>
    <message>
        <source>the exchange&apos;s ids went back</source>
        <translation>mã số của sàn đã lùi lại</translation>
    </message>
    <message>
        <source>somebody asked for it</source>
        <translation>có người yêu cầu</translation>
    </message>
    <message>
        <source>book %1</source>
        <translation>sổ %1</translation>
    </message>
    <message>
        <source>event pu %1 u %2</source>
        <translation>sự kiện pu %1 u %2</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Bảng</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Tìm kiếm</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Biểu đồ</translation>
    </message>
    <message>
        <source>Inspect the symbol of the row</source>
        <translation>Xem kỹ mã của dòng</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation>Chép các dòng đã chọn</translation>
    </message>
    <message>
        <source>From the search into the table</source>
        <translation>Từ ô tìm kiếm xuống bảng</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Mũi tên xuống</translation>
    </message>
    <message>
        <source>Inspect the first symbol found</source>
        <translation>Xem kỹ mã đầu tiên tìm thấy</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>Hiện lại tất cả</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>The values of an earlier moment, or a later one</source>
        <translation>Giá trị của thời điểm trước, hoặc sau</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>Trái, Phải</translation>
    </message>
    <message>
        <source>The values of now again</source>
        <translation>Trở lại giá trị hiện tại</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Mọi nơi</translation>
    </message>
    <message>
        <source>To the next control, or back</source>
        <translation>Sang mục kế tiếp, hoặc lùi lại</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Shift+Tab</translation>
    </message>
    <message>
        <source>p50 %1, p99 %2</source>
        <translation>p50 %1, p99 %2</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>trễ %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Ladders</source>
        <translation>Thang giá</translation>
    </message>
    <message>
        <source>Depth inspector</source>
        <translation>Khung soi độ sâu</translation>
    </message>
    <message>
        <source>Inspect the symbol of the ladder</source>
        <translation>Soi mã của thang giá</translation>
    </message>
    <message>
        <source>Take the ladder away</source>
        <translation>Bỏ thang giá này</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Finer or coarser groups of prices</source>
        <translation>Gộp giá nhỏ hơn hoặc lớn hơn</translation>
    </message>
    <message>
        <source>[, ]</source>
        <translation>[, ]</translation>
    </message>
    <message>
        <source>Sizes in quote coin, or base coin</source>
        <translation>Khối lượng theo đồng định giá hoặc đồng cơ sở</translation>
    </message>
    <message>
        <source>Q</source>
        <translation>Q</translation>
    </message>
    <message>
        <source>Keep the best prices in the middle, or not</source>
        <translation>Giữ giá tốt nhất ở giữa, hoặc không</translation>
    </message>
    <message>
        <source>C</source>
        <translation>C</translation>
    </message>
    <message>
        <source>Depth on a logarithmic scale, or a linear one</source>
        <translation>Độ sâu theo thang lôgarit hoặc tuyến tính</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>To the best prices</source>
        <translation>Về giá tốt nhất</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>created</source>
        <translation>mới tạo</translation>
    </message>
    <message>
        <source>bridged</source>
        <translation>đã nối</translation>
    </message>
    <message>
        <source>resumed</source>
        <translation>tiếp tục</translation>
    </message>
    <message>
        <source>snapshot failed</source>
        <translation>lấy ảnh chụp thất bại</translation>
    </message>
    <message>
        <source>unknown symbol</source>
        <translation>sàn không biết mã này</translation>
    </message>
    <message>
        <source>gap</source>
        <translation>đứt đoạn</translation>
    </message>
    <message>
        <source>malformed</source>
        <translation>sai định dạng</translation>
    </message>
    <message>
        <source>crossed</source>
        <translation>chéo giá</translation>
    </message>
    <message>
        <source>stale snapshot</source>
        <translation>ảnh chụp cũ</translation>
    </message>
    <message>
        <source>bad snapshot</source>
        <translation>ảnh chụp hỏng</translation>
    </message>
    <message>
        <source>range exhausted</source>
        <translation>ra khỏi khoảng được xác nhận</translation>
    </message>
    <message>
        <source>ids went back</source>
        <translation>mã số lùi lại</translation>
    </message>
    <message>
        <source>operator</source>
        <translation>theo yêu cầu</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>đang chờ</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>đang kết nối</translation>
    </message>
    <message>
        <source>subscribing</source>
        <translation>đang đăng ký</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>im lặng</translation>
    </message>
    <message>
        <source>delivering</source>
        <translation>có dữ liệu</translation>
    </message>
    <message>
        <source>unreachable</source>
        <translation>không kết nối được</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>quá thời hạn</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>quá lớn</translation>
    </message>
    <message>
        <source>rate limited</source>
        <translation>bị giới hạn tần suất</translation>
    </message>
    <message>
        <source>banned</source>
        <translation>bị cấm</translation>
    </message>
    <message>
        <source>HTTP error</source>
        <translation>lỗi HTTP</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>bị từ chối</translation>
    </message>
    <message>
        <source>symbol not live</source>
        <translation>mã chưa live</translation>
    </message>
    <message>
        <source>symbol silent</source>
        <translation>mã im lặng</translation>
    </message>
    <message>
        <source>lag</source>
        <translation>độ trễ Kafka</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>trọng số REST</translation>
    </message>
    <message>
        <source>{} is not live ({}: {})</source>
        <translation>{} chưa live ({}: {})</translation>
    </message>
    <message>
        <source>{} had no event for {}</source>
        <translation>{} không có sự kiện nào đã {}</translation>
    </message>
    <message>
        <source>the books are {} behind the topic ({} messages)</source>
        <translation>sổ chậm hơn chủ đề {} ({} thông điệp)</translation>
    </message>
    <message>
        <source>obm-store is stuck</source>
        <translation>obm-store bị kẹt</translation>
    </message>
    <message>
        <source>Redis is not connected</source>
        <translation>chưa kết nối với Redis</translation>
    </message>
    <message>
        <source>this process has used {} of {} REST weight in this minute</source>
        <translation>tiến trình này đã dùng {} trên {} trọng số REST trong phút này</translation>
    </message>
    <message>
        <source>this IP has used {} of {} REST weight in this minute</source>
        <translation>IP này đã dùng {} trên {} trọng số REST trong phút này</translation>
    </message>
    <message>
        <source>{} symbols: {}; {}, {} and {} more</source>
        <translation>{} mã: {}; {}, {} và {} mã nữa</translation>
    </message>
    <message>
        <source>the book stood at u {}, the event has pu {} and u {}</source>
        <translation>sổ đang ở u {}, sự kiện có pu {} và u {}</translation>
    </message>
    <message>
        <source>the book stood at u {}</source>
        <translation>sổ đang ở u {}</translation>
    </message>
    <message>
        <source>the event has pu {} and u {}</source>
        <translation>sự kiện có pu {} và u {}</translation>
    </message>
    <message>
        <source>synchronises again: {}</source>
        <translation>đồng bộ lại: {}</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>live at u {}</source>
        <translation>live từ u {}</translation>
    </message>
    <message>
        <source>rejected: {}</source>
        <translation>bị từ chối: {}</translation>
    </message>
    <message>
        <source>snapshot in about {} s</source>
        <translation>ảnh chụp sau khoảng {} giây</translation>
    </message>
    <message>
        <source>{} more</source>
        <translation>{} mã nữa</translation>
    </message>
    <message>
        <source>{} of {} live</source>
        <translation>{} trên {} live</translation>
    </message>
    <message>
        <source>{} of them silent</source>
        <translation>trong đó {} im lặng</translation>
    </message>
    <message>
        <source>{} without an event yet</source>
        <translation>{} chưa có sự kiện</translation>
    </message>
    <message>
        <source>{} synchronising for the first time</source>
        <translation>{} đang đồng bộ lần đầu</translation>
    </message>
    <message>
        <source>last snapshot in about {} s</source>
        <translation>ảnh chụp cuối sau khoảng {} giây</translation>
    </message>
    <message>
        <source>the exchange allows no snapshot for {}: {}</source>
        <translation>sàn không cho lấy ảnh chụp trong {}: {}</translation>
    </message>
    <message>
        <source>snapshots fail: {}</source>
        <translation>không lấy được ảnh chụp: {}</translation>
    </message>
    <message>
        <source>no partition is assigned here</source>
        <translation>không có phân vùng nào được giao ở đây</translation>
    </message>
    <message>
        <source>no symbol on these partitions yet</source>
        <translation>chưa có mã nào trên các phân vùng này</translation>
    </message>
    <message>
        <source>{} live again for {} after: {}</source>
        <translation>{} live lại đã {}, sau: {}</translation>
    </message>
    <message>
        <source>{} - {} times</source>
        <translation>{} - {} lần</translation>
    </message>
    <message>
        <source>{} - {} times: {}</source>
        <translation>{} - {} lần: {}</translation>
    </message>
    <message>
        <source>{} - {} times: {} and {} more symbols</source>
        <translation>{} - {} lần: {} và {} mã nữa</translation>
    </message>
    <message>
        <source>0.{} s</source>
        <translation>0.{} giây</translation>
    </message>
    <message>
        <source>{} s</source>
        <translation>{} giây</translation>
    </message>
    <message>
        <source>{} min {} s</source>
        <translation>{} phút {} giây</translation>
    </message>
    <message>
        <source>{} h {} min</source>
        <translation>{} giờ {} phút</translation>
    </message>
    <message>
        <source>connection {} {} for {}</source>
        <translation>kết nối {} {} đã {}</translation>
    </message>
    <message>
        <source>connection {} {}</source>
        <translation>kết nối {} {}</translation>
    </message>
    <message>
        <source>{} refused: {}</source>
        <translation>{} bị từ chối: {}</translation>
    </message>
    <message>
        <source>{} is silent</source>
        <translation>{} im lặng</translation>
    </message>
    <message>
        <source>{} and {} more are silent</source>
        <translation>{} và {} mã nữa im lặng</translation>
    </message>
    <message>
        <source>waiting for the list of symbols</source>
        <translation>đang chờ danh sách mã</translation>
    </message>
    <message>
        <source>no list of symbols: {}</source>
        <translation>không có danh sách mã: {}</translation>
    </message>
    <message>
        <source>the connection delivers</source>
        <translation>kết nối đang có dữ liệu</translation>
    </message>
    <message>
        <source>{} of {} connections deliver</source>
        <translation>{} trên {} kết nối đang có dữ liệu</translation>
    </message>
    <message>
        <source>raised: {}</source>
        <translation>cảnh báo: {}</translation>
    </message>
    <message>
        <source>over: {}</source>
        <translation>đã hết: {}</translation>
    </message>
    <message>
        <source>stuck</source>
        <translation>bị kẹt</translation>
    </message>
    <message>
        <source>{} is stuck</source>
        <translation>{} bị kẹt</translation>
    </message>
    <message>
        <source>goes on</source>
        <translation>chạy tiếp</translation>
    </message>
    <message>
        <source>{} goes on</source>
        <translation>{} chạy tiếp</translation>
    </message>
    <message>
        <source>no broker</source>
        <translation>không có broker</translation>
    </message>
    <message>
        <source>a broker is there</source>
        <translation>đã có broker</translation>
    </message>
    <message>
        <source>{}, {} times</source>
        <translation>{}, {} lần</translation>
    </message>
    <message>
        <source>rebalance: no partition is assigned here</source>
        <translation>chia lại phân vùng: không có phân vùng nào được giao ở đây</translation>
    </message>
    <message>
        <source>rebalance: partitions {} are assigned here</source>
        <translation>chia lại phân vùng: các phân vùng {} được giao ở đây</translation>
    </message>
    <message>
        <source>the producer has no broker</source>
        <translation>bên sản xuất không có broker</translation>
    </message>
    <message>
        <source>the producer has a broker</source>
        <translation>bên sản xuất đã có broker</translation>
    </message>
    <message>
        <source>message dropped, the local queue is full</source>
        <translation>bỏ thông điệp, hàng đợi tại chỗ đã đầy</translation>
    </message>
    <message>
        <source>message refused by the client</source>
        <translation>thông điệp bị thư viện từ chối</translation>
    </message>
    <message>
        <source>message given up</source>
        <translation>bỏ thông điệp không gửi được</translation>
    </message>
    <message>
        <source>new producer after a fatal error</source>
        <translation>bên sản xuất mới sau lỗi nghiêm trọng</translation>
    </message>
    <message>
        <source>topic created</source>
        <translation>đã tạo chủ đề</translation>
    </message>
    <message>
        <source>the topic was missing and is made, {} partitions</source>
        <translation>thiếu chủ đề nên đã tạo, {} phân vùng</translation>
    </message>
    <message>
        <source>topic missing</source>
        <translation>thiếu chủ đề</translation>
    </message>
    <message>
        <source>the topic is missing</source>
        <translation>thiếu chủ đề</translation>
    </message>
    <message>
        <source>the consumer has no broker</source>
        <translation>bên tiêu thụ không có broker</translation>
    </message>
    <message>
        <source>the consumer has a broker</source>
        <translation>bên tiêu thụ đã có broker</translation>
    </message>
    <message>
        <source>assignment lost</source>
        <translation>mất phân vùng được giao</translation>
    </message>
    <message>
        <source>rebalance</source>
        <translation>chia lại phân vùng</translation>
    </message>
    <message>
        <source>offset was no longer there</source>
        <translation>offset không còn nữa</translation>
    </message>
    <message>
        <source>commit failed</source>
        <translation>commit thất bại</translation>
    </message>
    <message>
        <source>new consumer after a fatal error</source>
        <translation>bên tiêu thụ mới sau lỗi nghiêm trọng</translation>
    </message>
    <message>
        <source>consumer error</source>
        <translation>lỗi bên tiêu thụ</translation>
    </message>
    <message>
        <source>no broker for {}</source>
        <translation>không có broker đã {}</translation>
    </message>
    <message>
        <source>connecting for {}</source>
        <translation>đang kết nối đã {}</translation>
    </message>
    <message>
        <source>losing {:.1f} messages/s: {}</source>
        <translation>đang mất {:.1f} thông điệp/giây: {}</translation>
    </message>
    <message>
        <source>the local queue is full</source>
        <translation>hàng đợi tại chỗ đã đầy</translation>
    </message>
    <message>
        <source>connected, nothing delivered yet</source>
        <translation>đã kết nối, chưa chuyển được gì</translation>
    </message>
    <message>
        <source>delivers, {} in flight</source>
        <translation>đang chuyển, {} trên đường</translation>
    </message>
    <message>
        <source>joining the group</source>
        <translation>đang vào nhóm</translation>
    </message>
    <message>
        <source>joining the group ({})</source>
        <translation>đang vào nhóm ({})</translation>
    </message>
    <message>
        <source>in the group; other members have all partitions</source>
        <translation>đã vào nhóm; các thành viên khác giữ mọi phân vùng</translation>
    </message>
    <message>
        <source>{} messages behind, {}</source>
        <translation>chậm {} thông điệp, {}</translation>
    </message>
    <message>
        <source>1 partition assigned, no message yet</source>
        <translation>được giao 1 phân vùng, chưa có thông điệp</translation>
    </message>
    <message>
        <source>{} partitions assigned, no message yet</source>
        <translation>được giao {} phân vùng, chưa có thông điệp</translation>
    </message>
    <message>
        <source>1 partition</source>
        <translation>1 phân vùng</translation>
    </message>
    <message>
        <source>{} partitions</source>
        <translation>{} phân vùng</translation>
    </message>
    <message>
        <source>this process</source>
        <translation>tiến trình này</translation>
    </message>
    <message>
        <source>fault: {}</source>
        <translation>lỗi: {}</translation>
    </message>
    <message>
        <source>{}, over already</source>
        <translation>{}, đã hết</translation>
    </message>
    <message>
        <source>fault is over</source>
        <translation>đã hết lỗi</translation>
    </message>
    <message>
        <source>write refused: a newer owner</source>
        <translation>lượt ghi bị từ chối: chủ mới hơn</translation>
    </message>
    <message>
        <source>1 write refused: another process owns these books</source>
        <translation>1 lượt ghi bị từ chối: tiến trình khác sở hữu các sổ này</translation>
    </message>
    <message>
        <source>{} writes refused: another process owns these books</source>
        <translation>{} lượt ghi bị từ chối: tiến trình khác sở hữu các sổ này</translation>
    </message>
    <message>
        <source>write refused: older</source>
        <translation>lượt ghi bị từ chối: cũ hơn</translation>
    </message>
    <message>
        <source>1 write refused: Redis holds a newer book</source>
        <translation>1 lượt ghi bị từ chối: Redis giữ sổ mới hơn</translation>
    </message>
    <message>
        <source>{} writes refused: Redis holds a newer book</source>
        <translation>{} lượt ghi bị từ chối: Redis giữ sổ mới hơn</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>đã kết nối</translation>
    </message>
    <message>
        <source>connected again</source>
        <translation>đã kết nối lại</translation>
    </message>
    <message>
        <source>{} for {}: {}</source>
        <translation>{} đã {}: {}</translation>
    </message>
    <message>
        <source>{:.1f} writes/s refused: another process owns these books</source>
        <translation>{:.1f} lượt ghi/giây bị từ chối: tiến trình khác sở hữu các sổ này</translation>
    </message>
    <message>
        <source>slow: p99 {:.1f} s, {} books wait</source>
        <translation>chậm: p99 {:.1f} giây, {} sổ đang chờ</translation>
    </message>
    <message>
        <source>connected, nothing written yet</source>
        <translation>đã kết nối, chưa ghi gì</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>đang ghi</translation>
    </message>
    <message>
        <source>no such field in {}</source>
        <translation>không có trường này trong {}</translation>
    </message>
    <message>
        <source>the field in {} is no book</source>
        <translation>trường trong {} không phải là sổ</translation>
    </message>
    <message>
        <source>snapshot: {}</source>
        <translation>ảnh chụp: {}</translation>
    </message>
    <message>
        <source>requests blocked</source>
        <translation>yêu cầu bị chặn</translation>
    </message>
    <message>
        <source>no request for {}: the exchange&apos;s limit is reached</source>
        <translation>không gửi yêu cầu trong {}: đã chạm giới hạn của sàn</translation>
    </message>
    <message>
        <source>outage</source>
        <translation>gián đoạn</translation>
    </message>
    <message>
        <source>snapshots fail in a row, one probe at a time: {}</source>
        <translation>lấy ảnh chụp thất bại liên tiếp, thử từng cái một: {}</translation>
    </message>
    <message>
        <source>snapshots come again</source>
        <translation>lại lấy được ảnh chụp</translation>
    </message>
    <message>
        <source>exchangeInfo failed</source>
        <translation>exchangeInfo thất bại</translation>
    </message>
    <message>
        <source>exchangeInfo could not be read: {}</source>
        <translation>không đọc được exchangeInfo: {}</translation>
    </message>
    <message>
        <source>{} is stuck for {}</source>
        <translation>{} bị kẹt đã {}</translation>
    </message>
    <message>
        <source>role {} has no such stage</source>
        <translation>vai trò {} không có chặng này</translation>
    </message>
    <message>
        <source>{} has not begun</source>
        <translation>{} chưa bắt đầu</translation>
    </message>
    <message>
        <source>nothing came through in the last seconds</source>
        <translation>vài giây qua không có gì đi qua</translation>
    </message>
    <message>
        <source>latency is measured where the books are kept</source>
        <translation>độ trễ được đo ở nơi giữ sổ</translation>
    </message>
    <message>
        <source>connection ended by a message over the size limit</source>
        <translation>kết nối bị ngắt vì thông điệp vượt giới hạn kích thước</translation>
    </message>
    <message>
        <source>connection without an answer to a ping</source>
        <translation>kết nối không trả lời ping</translation>
    </message>
    <message>
        <source>connection ended because no data came</source>
        <translation>kết nối bị ngắt vì không có dữ liệu</translation>
    </message>
    <message>
        <source>SUBSCRIBE without an answer</source>
        <translation>SUBSCRIBE không được trả lời</translation>
    </message>
    <message>
        <source>the exchange announced the end of a connection</source>
        <translation>sàn báo sắp ngắt một kết nối</translation>
    </message>
    <message>
        <source>moved to a new connection as planned</source>
        <translation>đã chuyển sang kết nối mới theo kế hoạch</translation>
    </message>
    <message>
        <source>a planned move to a new connection failed</source>
        <translation>chuyển sang kết nối mới theo kế hoạch thất bại</translation>
    </message>
    <message>
        <source>binary frame</source>
        <translation>khung nhị phân</translation>
    </message>
    <message>
        <source>frame of a stream that nobody asked for</source>
        <translation>khung của một luồng không ai yêu cầu</translation>
    </message>
    <message>
        <source>1 frame could not be read: {}</source>
        <translation>không đọc được 1 khung: {}</translation>
    </message>
    <message>
        <source>{} frames could not be read: {}</source>
        <translation>không đọc được {} khung: {}</translation>
    </message>
    <message>
        <source>connection {} delivers, 1 symbol</source>
        <translation>kết nối {} đã có dữ liệu, 1 mã</translation>
    </message>
    <message>
        <source>connection {} delivers, {} symbols</source>
        <translation>kết nối {} đã có dữ liệu, {} mã</translation>
    </message>
    <message>
        <source>reconnects</source>
        <translation>kết nối lại</translation>
    </message>
    <message>
        <source>connection {} reconnects</source>
        <translation>kết nối {} nối lại</translation>
    </message>
    <message>
        <source>does not deliver</source>
        <translation>không có dữ liệu</translation>
    </message>
    <message>
        <source>connection {} is {}</source>
        <translation>kết nối {}: {}</translation>
    </message>
    <message>
        <source>delivers</source>
        <translation>có dữ liệu</translation>
    </message>
    <message>
        <source>connection fails</source>
        <translation>kết nối thất bại</translation>
    </message>
    <message>
        <source>connection {}</source>
        <translation>kết nối {}</translation>
    </message>
    <message>
        <source>symbol is silent</source>
        <translation>mã im lặng</translation>
    </message>
    <message>
        <source>subscribed, and no data comes while other symbols have some</source>
        <translation>đã đăng ký mà không có dữ liệu, trong khi các mã khác có</translation>
    </message>
    <message>
        <source>subscription refused</source>
        <translation>đăng ký bị từ chối</translation>
    </message>
    <message>
        <source>the exchange refused the subscription: {}</source>
        <translation>sàn từ chối đăng ký: {}</translation>
    </message>
    <message>
        <source>unreadable frame</source>
        <translation>khung không đọc được</translation>
    </message>
    <message>
        <source>alarm is over</source>
        <translation>hết báo động</translation>
    </message>
    <message>
        <source>alarm</source>
        <translation>báo động</translation>
    </message>
    <message>
        <source>role producer keeps no books</source>
        <translation>vai trò producer không giữ sổ</translation>
    </message>
    <message>
        <source>nobody keeps this book</source>
        <translation>không ai giữ sổ này</translation>
    </message>
    <message>
        <source>the books have not begun</source>
        <translation>phần sổ chưa bắt đầu</translation>
    </message>
    <message>
        <source>no partition is assigned here yet</source>
        <translation>chưa có phân vùng nào được giao ở đây</translation>
    </message>
    <message>
        <source>not assigned here: another process keeps it</source>
        <translation>không giao ở đây: tiến trình khác giữ</translation>
    </message>
    <message>
        <source>subscribed, waiting for its first event</source>
        <translation>đã đăng ký, đang chờ sự kiện đầu tiên</translation>
    </message>
    <message>
        <source>refused by the exchange: {}</source>
        <translation>bị sàn từ chối: {}</translation>
    </message>
    <message>
        <source>waiting for its subscription</source>
        <translation>đang chờ được đăng ký</translation>
    </message>
    <message>
        <source>waiting for a snapshot: {}</source>
        <translation>đang chờ ảnh chụp: {}</translation>
    </message>
    <message>
        <source>it may not ask yet</source>
        <translation>chưa được phép yêu cầu</translation>
    </message>
    <message>
        <source>it is on its way</source>
        <translation>đang trên đường</translation>
    </message>
    <message>
        <source>it is next</source>
        <translation>kế tiếp</translation>
    </message>
    <message>
        <source>it is next, about {} s</source>
        <translation>kế tiếp, khoảng {} giây</translation>
    </message>
    <message>
        <source>{} before it, about {} s</source>
        <translation>còn {} phía trước, khoảng {} giây</translation>
    </message>
    <message>
        <source>taken up again, waiting for the event that proves it</source>
        <translation>đã tiếp tục, đang chờ sự kiện xác nhận</translation>
    </message>
    <message>
        <source>snapshot loaded, waiting for the event that proves it</source>
        <translation>đã nạp ảnh chụp, đang chờ sự kiện xác nhận</translation>
    </message>
    <message>
        <source>live, silent for {}</source>
        <translation>live, im lặng đã {}</translation>
    </message>
    <message>
        <source>{} is not live (nobody keeps it)</source>
        <translation>{} chưa live (không ai giữ sổ này)</translation>
    </message>
    <message>
        <source>reason not told</source>
        <translation>không rõ lý do</translation>
    </message>
    <message>
        <source>the group has committed nothing yet</source>
        <translation>nhóm chưa commit gì</translation>
    </message>
    <message>
        <source>1 partition, by what the group commits</source>
        <translation>1 partition, theo offset nhóm đã commit</translation>
    </message>
    <message>
        <source>{} partitions, by what the group commits</source>
        <translation>{} partition, theo offset nhóm đã commit</translation>
    </message>
    <message>
        <source>owners changed</source>
        <translation>đổi tiến trình giữ sổ</translation>
    </message>
    <message>
        <source>nobody keeps a book any more</source>
        <translation>không còn ai giữ sổ nào</translation>
    </message>
    <message>
        <source>kept by {} now</source>
        <translation>nay do {} giữ</translation>
    </message>
    <message>
        <source>metrics come</source>
        <translation>có số đo trở lại</translation>
    </message>
    <message>
        <source>the metrics of that process can be read</source>
        <translation>đọc được số đo của tiến trình đó</translation>
    </message>
    <message>
        <source>no metrics</source>
        <translation>không có số đo</translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation>{} và {} mã nữa</translation>
    </message>
    <message>
        <source>Redis holds no book</source>
        <translation>Redis không có sổ lệnh nào</translation>
    </message>
    <message>
        <source>nobody keeps {}</source>
        <translation>không ai giữ {}</translation>
    </message>
    <message>
        <source>answers, but nobody writes</source>
        <translation>có trả lời, nhưng không ai ghi</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>có trả lời</translation>
    </message>
    <message>
        <source>its metrics know no such stage</source>
        <translation>số đo của nó không có tầng này</translation>
    </message>
    <message>
        <source>nothing was read yet</source>
        <translation>chưa đọc được gì</translation>
    </message>
    <message>
        <source>lag: {}; else: </source>
        <translation>độ trễ: {}; còn lại: </translation>
    </message>
    <message>
        <source>neither Redis nor the metrics tell it</source>
        <translation>cả Redis lẫn số đo đều không cho biết</translation>
    </message>
    <message>
        <source>the metrics are of a process that does not keep this book</source>
        <translation>số đo là của một tiến trình không giữ sổ này</translation>
    </message>
    <message>
        <source>waiting for its first event</source>
        <translation>đang chờ sự kiện đầu tiên</translation>
    </message>
    <message>
        <source>waiting for a snapshot, its place in the queue is not told</source>
        <translation>đang chờ ảnh chụp, không rõ vị trí trong hàng đợi</translation>
    </message>
    <message>
        <source>1 snapshot failed, {}</source>
        <translation>1 lần lấy ảnh chụp thất bại, {}</translation>
    </message>
    <message>
        <source>{} snapshots failed, {}</source>
        <translation>{} lần lấy ảnh chụp thất bại, {}</translation>
    </message>
    <message>
        <source>the last: {}</source>
        <translation>lần cuối: {}</translation>
    </message>
    <message>
        <source>its address is not known</source>
        <translation>không biết địa chỉ của nó</translation>
    </message>
    <message>
        <source>no metrics: viewer.metrics_url is not set</source>
        <translation>không có số đo: chưa đặt viewer.metrics_url</translation>
    </message>
    <message>
        <source>the metrics were not read yet</source>
        <translation>chưa đọc số đo</translation>
    </message>
    <message>
        <source>no metrics: {}</source>
        <translation>không có số đo: {}</translation>
    </message>
    <message>
        <source>{}, Kafka {} (group {}), {}</source>
        <translation>{}, Kafka {} (nhóm {}), {}</translation>
    </message>
    <message>
        <source>the books are kept by another process</source>
        <translation>sổ do tiến trình khác giữ</translation>
    </message>
    <message>
        <source>Redis cannot be read: {}</source>
        <translation>không đọc được Redis: {}</translation>
    </message>
    <message>
        <source>lost before Kafka (exchange or network)</source>
        <translation>mất trước Kafka (sàn hoặc mạng)</translation>
    </message>
    <message>
        <source>lost in the producer&apos;s queue, or while none ran</source>
        <translation>mất trong hàng đợi của bên sản xuất, hoặc lúc không có bên nào chạy</translation>
    </message>
    <message>
        <source>lost in Kafka</source>
        <translation>mất trong Kafka</translation>
    </message>
    <message>
        <source>passed over in a rebalance</source>
        <translation>bị bỏ qua khi chia lại phân vùng</translation>
    </message>
    <message>
        <source>event missing before Kafka</source>
        <translation>thiếu sự kiện trước Kafka</translation>
    </message>
    <message>
        <source>goes on where it, or its last owner, left off</source>
        <translation>tiếp tục từ chỗ nó, hoặc bên giữ trước, đã dừng</translation>
    </message>
    <message>
        <source>the events do not go on from the book that was left</source>
        <translation>các sự kiện không nối tiếp sổ lệnh được để lại</translation>
    </message>
    <message>
        <source>it differed from a fresh snapshot</source>
        <translation>nó khác với một ảnh chụp mới</translation>
    </message>
    <message>
        <source>audit</source>
        <translation>kiểm tra</translation>
    </message>
    <message>
        <source>not resumed</source>
        <translation>không tiếp tục được</translation>
    </message>
</context>
<context>
    <name>obm::AboutDialog</name>
    <message>
        <source>no file</source>
        <translation>không có tệp</translation>
    </message>
    <message>
        <source>%1 (not there yet)</source>
        <translation>%1 (chưa có)</translation>
    </message>
    <message>
        <source>not used by a producer</source>
        <translation>bên sản xuất không dùng đến</translation>
    </message>
    <message>
        <source>%1, key %2</source>
        <translation>%1, khóa %2</translation>
    </message>
    <message>
        <source>Keeps the order books of Binance USD-M futures right, and shows that they are</source>
        <translation>Giữ cho sổ lệnh Binance USD-M futures luôn đúng, và cho thấy điều đó</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Phiên bản</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Giấy phép</translation>
    </message>
    <message>
        <source>GNU General Public License, version 3 or later; without any warranty</source>
        <translation>Giấy phép Công cộng GNU (GPL), phiên bản 3 trở lên; không kèm bảo hành</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Cấu hình</translation>
    </message>
    <message>
        <source>Window layout</source>
        <translation>Bố cục cửa sổ</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Thông điệp</translation>
    </message>
    <message>
        <source>Kafka %1, topic %2</source>
        <translation>Kafka %1, chủ đề %2</translation>
    </message>
    <message>
        <source>Books</source>
        <translation>Sổ lệnh</translation>
    </message>
    <message>
        <source>About obmonitor</source>
        <translation>Giới thiệu obmonitor</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Đón&amp;g</translation>
    </message>
    <message>
        <source>C&amp;opy</source>
        <translation>Ché&amp;p</translation>
    </message>
</context>
<context>
    <name>obm::AlertModel</name>
    <message>
        <source>%1 (muted)</source>
        <translation>%1 (đã tắt tiếng)</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Điều không ổn</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Đã được</translation>
    </message>
</context>
<context>
    <name>obm::AlertsPopup</name>
    <message>
        <source>Alerts</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source>Active alerts</source>
        <translation>Cảnh báo đang có</translation>
    </message>
    <message>
        <source>Alert me about</source>
        <translation>Cảnh báo tôi về</translation>
    </message>
    <message>
        <source>Muted, it is listed here, but neither counted nor told</source>
        <translation>Khi tắt tiếng, nó vẫn ở đây nhưng không được đếm và không báo</translation>
    </message>
    <message>
        <source>Notify on the desktop</source>
        <translation>Thông báo trên màn hình</translation>
    </message>
    <message>
        <source>This desktop shows no notifications</source>
        <translation>Màn hình nền này không hiện thông báo</translation>
    </message>
    <message>
        <source>Beep</source>
        <translation>Tiếng bíp</translation>
    </message>
    <message>
        <source>No alerts: everything is within its limits</source>
        <translation>Không có cảnh báo: mọi thứ trong giới hạn</translation>
    </message>
    <message>
        <source>1 alert</source>
        <translation>1 cảnh báo</translation>
    </message>
    <message>
        <source>%1 alerts</source>
        <translation>%1 cảnh báo</translation>
    </message>
</context>
<context>
    <name>obm::ChartsPanel</name>
    <message>
        <source>Kafka lag, messages</source>
        <translation>Độ trễ Kafka, thông điệp</translation>
    </message>
    <message>
        <source>Kafka lag, time</source>
        <translation>Độ trễ Kafka, thời gian</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>Tốc độ</translation>
    </message>
    <message>
        <source>received</source>
        <translation>nhận vào</translation>
    </message>
    <message>
        <source>to Kafka</source>
        <translation>vào Kafka</translation>
    </message>
    <message>
        <source>from Kafka</source>
        <translation>từ Kafka</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>Redis writes</source>
        <translation>Lượt ghi Redis</translation>
    </message>
    <message>
        <source>REST weight</source>
        <translation>Trọng số REST</translation>
    </message>
    <message>
        <source>used</source>
        <translation>đã dùng</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>cho phép</translation>
    </message>
    <message>
        <source>nothing measured in this time yet</source>
        <translation>trong khoảng này chưa đo được gì</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Biểu đồ</translation>
    </message>
    <message>
        <source>5 min</source>
        <translation>5 phút</translation>
    </message>
    <message>
        <source>The last 5 minutes</source>
        <translation>5 phút gần nhất</translation>
    </message>
    <message>
        <source>1 h</source>
        <translation>1 giờ</translation>
    </message>
    <message>
        <source>The last hour</source>
        <translation>Một giờ gần nhất</translation>
    </message>
    <message>
        <source>values of now</source>
        <translation>giá trị hiện tại</translation>
    </message>
    <message>
        <source>values of %1</source>
        <translation>giá trị lúc %1</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Độ trễ</translation>
    </message>
</context>
<context>
    <name>obm::ConfigField</name>
    <message>
        <source>%1 in the configuration</source>
        <translation>%1 trong cấu hình</translation>
    </message>
    <message>
        <source>set by %1, which wins over the file</source>
        <translation>do %1 đặt, được ưu tiên hơn tệp</translation>
    </message>
    <message>
        <source>▲ after a restart; until then %1</source>
        <translation>▲ sau khi khởi động lại; cho đến lúc đó là %1</translation>
    </message>
</context>
<context>
    <name>obm::ConfigPage</name>
    <message>
        <source>There is no home folder to keep a configuration in.</source>
        <translation>Không có thư mục cá nhân để lưu cấu hình.</translation>
    </message>
    <message>
        <source>Kept in %1, in effect from the next start on.</source>
        <translation>Lưu trong %1, có hiệu lực từ lần khởi động sau.</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Sàn</translation>
    </message>
    <message>
        <source>&amp;Symbols, or all</source>
        <translation>&amp;Mã, hoặc all</translation>
    </message>
    <message>
        <source>&amp;Depth speed</source>
        <translation>Tốc độ &amp;depth</translation>
    </message>
    <message>
        <source>REST &amp;weight a minute</source>
        <translation>Trọng &amp;số REST mỗi phút</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
    <message>
        <source>Li&amp;ve levels</source>
        <translation>Số mức giá &amp;trực tiếp</translation>
    </message>
    <message>
        <source>Live &amp;interval, ms</source>
        <translation>Chu &amp;kỳ trực tiếp, ms</translation>
    </message>
    <message>
        <source>&amp;Full book, ms (0: never)</source>
        <translation>Sổ đầ&amp;y đủ, ms (0: không ghi)</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Đầu ra</translation>
    </message>
    <message>
        <source>&amp;Log level</source>
        <translation>Mức nhật ký (&amp;log)</translation>
    </message>
    <message>
        <source>&amp;Metrics address</source>
        <translation>Địa chỉ số đ&amp;o</translation>
    </message>
</context>
<context>
    <name>obm::DepthChart</name>
    <message>
        <source>Cumulative depth</source>
        <translation>Độ sâu cộng dồn</translation>
    </message>
    <message>
        <source>no book on both sides</source>
        <translation>chưa có sổ ở cả hai phía</translation>
    </message>
    <message>
        <source>%1: %2 on the bids, %3 % from the mid</source>
        <translation>%1: %2 bên mua, cách giá giữa %3 %</translation>
    </message>
    <message>
        <source>%1: %2 on the asks, %3 % from the mid</source>
        <translation>%1: %2 bên bán, cách giá giữa %3 %</translation>
    </message>
</context>
<context>
    <name>obm::DepthInspector</name>
    <message>
        <source>Depth of %1</source>
        <translation>Độ sâu của %1</translation>
    </message>
    <message>
        <source>%1 – depth – SIMULATED</source>
        <translation>%1 – độ sâu – MÔ PHỎNG</translation>
    </message>
    <message>
        <source>%1 – depth</source>
        <translation>%1 – độ sâu</translation>
    </message>
    <message>
        <source>Latency of the last event, hop by hop</source>
        <translation>Độ trễ của sự kiện cuối, từng chặng</translation>
    </message>
    <message>
        <source>In &amp;Redis</source>
        <translation>Trong &amp;Redis</translation>
    </message>
    <message>
        <source>Sync &amp;history</source>
        <translation>&amp;Lịch sử đồng bộ</translation>
    </message>
    <message>
        <source>How the book was synchronised</source>
        <translation>Sổ đã được đồng bộ thế nào</translation>
    </message>
    <message>
        <source>%1 is not among the symbols kept here</source>
        <translation>%1 không nằm trong các mã được giữ ở đây</translation>
    </message>
    <message>
        <source>the book is on its way</source>
        <translation>sổ đang được đưa đến</translation>
    </message>
    <message>
        <source>Not known here: %1. What happens from now on is in the journal.</source>
        <translation>Ở đây không biết: %1. Những gì xảy ra từ bây giờ có trong nhật ký.</translation>
    </message>
    <message>
        <source>Last event, hop by hop: not known here, %1</source>
        <translation>Sự kiện cuối, từng chặng: ở đây không biết, %1</translation>
    </message>
    <message>
        <source>Last event: none seen since this window opened</source>
        <translation>Sự kiện cuối: chưa thấy từ khi mở cửa sổ này</translation>
    </message>
    <message>
        <source>Last event: exchange %1 → Kafka %2 → book %3 → Redis %4</source>
        <translation>Sự kiện cuối: sàn %1 → Kafka %2 → sổ %3 → Redis %4</translation>
    </message>
    <message>
        <source>not written yet</source>
        <translation>chưa ghi</translation>
    </message>
    <message>
        <source>In Redis, and sync history</source>
        <translation>Trong Redis, và lịch sử đồng bộ</translation>
    </message>
</context>
<context>
    <name>obm::DesktopNotice</name>
    <message>
        <source>Show</source>
        <translation>Hiện</translation>
    </message>
</context>
<context>
    <name>obm::InspectorBar</name>
    <message>
        <source>not known yet</source>
        <translation>chưa rõ</translation>
    </message>
    <message>
        <source>SIMULATED</source>
        <translation>MÔ PHỎNG</translation>
    </message>
    <message>
        <source>Price grouping</source>
        <translation>Gộp giá</translation>
    </message>
    <message>
        <source>Put prices together: bids rounded down, asks up ([ finer, ] coarser)</source>
        <translation>Gộp các mức giá: giá mua làm tròn xuống, giá bán làm tròn lên ([ mịn hơn, ] thô hơn)</translation>
    </message>
    <message>
        <source>×%1</source>
        <translation>×%1</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gộp</translation>
    </message>
    <message>
        <source>Quote coin</source>
        <translation>Theo đồng định giá</translation>
    </message>
    <message>
        <source>Sizes as price times quantity instead of quantity (%1)</source>
        <translation>Khối lượng tính bằng giá nhân số lượng thay vì số lượng (%1)</translation>
    </message>
    <message>
        <source>Centre lock</source>
        <translation>Khóa giữa</translation>
    </message>
    <message>
        <source>Keep the best prices in the middle (%1)</source>
        <translation>Giữ giá tốt nhất ở giữa (%1)</translation>
    </message>
    <message>
        <source>Log chart</source>
        <translation>Biểu đồ log</translation>
    </message>
    <message>
        <source>Depth on a logarithmic scale (%1)</source>
        <translation>Độ sâu theo thang logarit (%1)</translation>
    </message>
    <message>
        <source>S&amp;ync again</source>
        <translation>Đồn&amp;g bộ lại</translation>
    </message>
    <message>
        <source>Drop this book and take a new snapshot; at most once in %1 s</source>
        <translation>Bỏ sổ này và lấy ảnh chụp mới; nhiều nhất một lần trong %1 giây</translation>
    </message>
    <message>
        <source>Not from here: the books are kept by another process</source>
        <translation>Không làm được ở đây: sổ do tiến trình khác giữ</translation>
    </message>
    <message>
        <source>%1 (×%2)</source>
        <translation>%1 (×%2)</translation>
    </message>
</context>
<context>
    <name>obm::JournalPanel</name>
    <message>
        <source>Journal</source>
        <translation>Nhật ký</translation>
    </message>
    <message>
        <source>Show entries from this severity on</source>
        <translation>Hiện các mục từ mức độ này trở lên</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tất cả</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Cảnh báo và lỗi</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Lỗi</translation>
    </message>
    <message>
        <source>Show entries of this part</source>
        <translation>Hiện các mục của bộ phận này</translation>
    </message>
    <message>
        <source>All parts</source>
        <translation>Mọi bộ phận</translation>
    </message>
    <message>
        <source>Search the journal</source>
        <translation>Tìm trong nhật ký</translation>
    </message>
    <message>
        <source>Search symbol or text</source>
        <translation>Tìm mã hoặc nội dung</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Chép</translation>
    </message>
    <message>
        <source>Copies the selected entries, or all that are shown</source>
        <translation>Chép các mục đã chọn, hoặc tất cả mục đang hiện</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Xuất…</translation>
    </message>
    <message>
        <source>Writes what is shown to a file</source>
        <translation>Ghi những gì đang hiện vào tệp</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 mục</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 trên %2</translation>
    </message>
    <message>
        <source>Inspect %1</source>
        <translation>Xem kỹ %1</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>Chỉ %1</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Hiện tất cả</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Export the journal</source>
        <translation>Xuất nhật ký</translation>
    </message>
    <message>
        <source>Tab separated values (*.tsv *.txt);;All files (*)</source>
        <translation>Giá trị cách nhau bằng tab (*.tsv *.txt);;Mọi tệp (*)</translation>
    </message>
</context>
<context>
    <name>obm::KeyboardDialog</name>
    <message>
        <source>Keyboard</source>
        <translation>Bàn phím</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Phím</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Ở đâu</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Việc gì</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>Đón&amp;g</translation>
    </message>
</context>
<context>
    <name>obm::LadderGrid</name>
    <message>
        <source>Ladders</source>
        <translation>Thang giá</translation>
    </message>
    <message>
        <source>Add a ladder</source>
        <translation>Thêm thang giá</translation>
    </message>
    <message>
        <source>Add a symbol</source>
        <translation>Thêm mã</translation>
    </message>
    <message>
        <source>Sizes in &amp;quote coin</source>
        <translation>&amp;Khối lượng theo đồng định giá</translation>
    </message>
    <message>
        <source>SIMULATED</source>
        <translation>MÔ PHỎNG</translation>
    </message>
    <message>
        <source>No ladder is picked. Add a symbol above.</source>
        <translation>Chưa chọn thang giá nào. Hãy thêm mã ở trên.</translation>
    </message>
</context>
<context>
    <name>obm::LadderPainter</name>
    <message>
        <source>spread %1 · %2 bp</source>
        <translation>chênh lệch %1 · %2 bp</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Giá</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Khối lượng</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Giá trị</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>Cộng dồn</translation>
    </message>
    <message>
        <source>held · </source>
        <translation>đang giữ · </translation>
    </message>
</context>
<context>
    <name>obm::LadderWidget</name>
    <message>
        <source>not known yet</source>
        <translation>chưa rõ</translation>
    </message>
    <message>
        <source>Ladder of %1</source>
        <translation>Thang giá của %1</translation>
    </message>
    <message>
        <source>Click to see the whole book</source>
        <translation>Bấm để xem toàn bộ sổ</translation>
    </message>
    <message>
        <source>live, bid %1, ask %2</source>
        <translation>live, mua %1, bán %2</translation>
    </message>
</context>
<context>
    <name>obm::LongLadder</name>
    <message>
        <source>The whole book as a ladder</source>
        <translation>Toàn bộ sổ dưới dạng thang giá</translation>
    </message>
</context>
<context>
    <name>obm::MainWindow</name>
    <message>
        <source> · SIMULATED</source>
        <translation> · MÔ PHỎNG</translation>
    </message>
    <message>
        <source>obmonitor · SIMULATED</source>
        <translation>obmonitor · MÔ PHỎNG</translation>
    </message>
    <message>
        <source>obmonitor</source>
        <translation>obmonitor</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Tổng quan</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>Các mã</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Nhật ký</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>Biểu đồ</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Tệp</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Th&amp;oát</translation>
    </message>
    <message>
        <source>Ctrl+Q</source>
        <translation>Ctrl+Q</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Xem</translation>
    </message>
    <message>
        <source>60 &amp;frames a second</source>
        <translation>60 &amp;khung hình mỗi giây</translation>
    </message>
    <message>
        <source>Ctrl+Shift+F</source>
        <translation>Ctrl+Shift+F</translation>
    </message>
    <message>
        <source>Full &amp;screen</source>
        <translation>Toàn &amp;màn hình</translation>
    </message>
    <message>
        <source>F11</source>
        <translation>F11</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Đặt lại &amp;bố cục</translation>
    </message>
    <message>
        <source>Ctrl+Shift+R</source>
        <translation>Ctrl+Shift+R</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Giao diện</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Theo &amp;hệ thống</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Sáng</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Tối</translation>
    </message>
    <message>
        <source>Colour-&amp;blind palette</source>
        <translation>Bảng màu cho người &amp;mù màu</translation>
    </message>
    <message>
        <source>Ctrl+Shift+B</source>
        <translation>Ctrl+Shift+B</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>Đ&amp;i đến</translation>
    </message>
    <message>
        <source>&amp;Overview</source>
        <translation>&amp;Tổng quan</translation>
    </message>
    <message>
        <source>Ctrl+1</source>
        <translation>Ctrl+1</translation>
    </message>
    <message>
        <source>&amp;Symbols</source>
        <translation>Các &amp;mã</translation>
    </message>
    <message>
        <source>Ctrl+2</source>
        <translation>Ctrl+2</translation>
    </message>
    <message>
        <source>&amp;Ladders</source>
        <translation>Thang &amp;giá</translation>
    </message>
    <message>
        <source>Ctrl+3</source>
        <translation>Ctrl+3</translation>
    </message>
    <message>
        <source>&amp;Journal</source>
        <translation>&amp;Nhật ký</translation>
    </message>
    <message>
        <source>Ctrl+4</source>
        <translation>Ctrl+4</translation>
    </message>
    <message>
        <source>&amp;Charts</source>
        <translation>&amp;Biểu đồ</translation>
    </message>
    <message>
        <source>Ctrl+5</source>
        <translation>Ctrl+5</translation>
    </message>
    <message>
        <source>&amp;Find a symbol</source>
        <translation>Tìm một m&amp;ã</translation>
    </message>
    <message>
        <source>Search the journa&amp;l</source>
        <translation>Tìm t&amp;rong nhật ký</translation>
    </message>
    <message>
        <source>Ctrl+J</source>
        <translation>Ctrl+J</translation>
    </message>
    <message>
        <source>&amp;Alerts…</source>
        <translation>&amp;Cảnh báo…</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>Show &amp;errors</source>
        <translation>Hiện &amp;lỗi</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Ctrl+E</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>Trợ &amp;giúp</translation>
    </message>
    <message>
        <source>&amp;Keyboard…</source>
        <translation>&amp;Bàn phím…</translation>
    </message>
    <message>
        <source>SIMULATED</source>
        <translation>MÔ PHỎNG</translation>
    </message>
    <message>
        <source>The exchange is the built-in one: no price here is real</source>
        <translation>Đây là sàn dựng sẵn: không giá nào ở đây là thật</translation>
    </message>
    <message>
        <source>Saved in %1: in effect after a restart</source>
        <translation>Đã lưu trong %1: có hiệu lực sau khi khởi động lại</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>&amp;Cài đặt…</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>&amp;About obmonitor…</source>
        <translation>&amp;Giới thiệu obmonitor…</translation>
    </message>
    <message>
        <source>&amp;Detach the panel, or put it back</source>
        <translation>&amp;Tách khung ra, hoặc gắn lại</translation>
    </message>
    <message>
        <source>Ctrl+Shift+D</source>
        <translation>Ctrl+Shift+D</translation>
    </message>
    <message>
        <source>&amp;Close the panel</source>
        <translation>Đón&amp;g khung</translation>
    </message>
    <message>
        <source>Ctrl+W</source>
        <translation>Ctrl+W</translation>
    </message>
</context>
<context>
    <name>obm::OverviewPanel</name>
    <message>
        <source>Overview</source>
        <translation>Tổng quan</translation>
    </message>
</context>
<context>
    <name>obm::RedisPanel</name>
    <message>
        <source>u %1</source>
        <translation>u %1</translation>
    </message>
    <message>
        <source>changed %1 ago</source>
        <translation>thay đổi %1 trước</translation>
    </message>
    <message>
        <source>nobody keeps this book</source>
        <translation>không ai giữ sổ này</translation>
    </message>
    <message>
        <source>%1, kept by %2</source>
        <translation>%1, do %2 giữ</translation>
    </message>
    <message>
        <source>read %1 ago</source>
        <translation>đọc %1 trước</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>chưa đọc</translation>
    </message>
    <message>
        <source>nothing to compare with: %1</source>
        <translation>không có gì để so sánh: %1</translation>
    </message>
    <message>
        <source>not compared: the local book of this u is not known (any more)</source>
        <translation>không so sánh: sổ tại chỗ ở u này không (còn) được biết</translation>
    </message>
    <message>
        <source>equal to the local book at this u</source>
        <translation>giống sổ tại chỗ ở u này</translation>
    </message>
    <message>
        <source>1 row differs from the local book at this u</source>
        <translation>1 dòng khác sổ tại chỗ ở u này</translation>
    </message>
    <message>
        <source>%1 rows differ from the local book at this u</source>
        <translation>%1 dòng khác sổ tại chỗ ở u này</translation>
    </message>
    <message>
        <source>What Redis returns</source>
        <translation>Redis trả về gì</translation>
    </message>
    <message>
        <source>Rows in Redis and in the local book</source>
        <translation>Các dòng trong Redis và trong sổ tại chỗ</translation>
    </message>
    <message>
        <source>Its age and owner</source>
        <translation>Tuổi và chủ của nó</translation>
    </message>
</context>
<context>
    <name>obm::RedisRowsModel</name>
    <message>
        <source>= equal</source>
        <translation>= giống</translation>
    </message>
    <message>
        <source>≠ no such row</source>
        <translation>≠ không có dòng này</translation>
    </message>
    <message>
        <source>≠ %1 × %2</source>
        <translation>≠ %1 × %2</translation>
    </message>
    <message>
        <source>Bid</source>
        <translation>Mua</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Bán</translation>
    </message>
    <message>
        <source>Local book</source>
        <translation>Sổ tại chỗ</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Số lượng</translation>
    </message>
</context>
<context>
    <name>obm::SeriesChart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 at %2: %3</source>
        <translation>%1 lúc %2: %3</translation>
    </message>
</context>
<context>
    <name>obm::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Cài đặt</translation>
    </message>
    <message>
        <source>&amp;Pipeline</source>
        <translation>Đường &amp;dữ liệu</translation>
    </message>
    <message>
        <source>Wind&amp;ow</source>
        <translation>&amp;Cửa sổ</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>&amp;Lưu</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Hủy</translation>
    </message>
</context>
<context>
    <name>obm::SpreadChart</name>
    <message>
        <source>Spread and imbalance over time</source>
        <translation>Chênh lệch và mất cân bằng theo thời gian</translation>
    </message>
    <message>
        <source>Spread, basis points</source>
        <translation>Chênh lệch, điểm cơ bản</translation>
    </message>
    <message>
        <source>Imbalance of the best %1 levels (+ bids)</source>
        <translation>Mất cân bằng của %1 mức tốt nhất (+ bên mua)</translation>
    </message>
    <message>
        <source>now</source>
        <translation>bây giờ</translation>
    </message>
    <message>
        <source>-%1 min</source>
        <translation>-%1 phút</translation>
    </message>
    <message>
        <source>%1: spread %2 bp, imbalance %3</source>
        <translation>%1: chênh lệch %2 bp, mất cân bằng %3</translation>
    </message>
</context>
<context>
    <name>obm::StatusStrip</name>
    <message>
        <source>no unread errors</source>
        <translation>không có lỗi chưa đọc</translation>
    </message>
    <message>
        <source>✖ 1 unread error</source>
        <translation>✖ 1 lỗi chưa đọc</translation>
    </message>
    <message>
        <source>✖ %1 unread errors</source>
        <translation>✖ %1 lỗi chưa đọc</translation>
    </message>
    <message>
        <source>no alerts</source>
        <translation>không có cảnh báo</translation>
    </message>
    <message>
        <source>▲ 1 alert</source>
        <translation>▲ 1 cảnh báo</translation>
    </message>
    <message>
        <source>▲ %1 alerts</source>
        <translation>▲ %1 cảnh báo</translation>
    </message>
    <message>
        <source>Errors in the journal that were not on the screen yet</source>
        <translation>Lỗi trong nhật ký chưa từng hiện lên màn hình</translation>
    </message>
    <message>
        <source>Frames painted a second; frames that came late were left out</source>
        <translation>Số khung hình vẽ mỗi giây; khung đến muộn bị bỏ qua</translation>
    </message>
    <message>
        <source>attached to %1</source>
        <translation>gắn với %1</translation>
    </message>
    <message>
        <source>Alerts, and which of them are muted</source>
        <translation>Các cảnh báo, và cảnh báo nào đã tắt tiếng</translation>
    </message>
    <message>
        <source>%1 fps, %2 late</source>
        <translation>%1 fps, %2 khung muộn</translation>
    </message>
</context>
<context>
    <name>obm::SymbolsPanel</name>
    <message>
        <source>Symbols</source>
        <translation>Các mã</translation>
    </message>
    <message>
        <source>Search symbols</source>
        <translation>Tìm mã</translation>
    </message>
    <message>
        <source>Show symbols by state</source>
        <translation>Hiện mã theo trạng thái</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Mọi trạng thái</translation>
    </message>
    <message>
        <source>Not live</source>
        <translation>Chưa live</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Đang chờ</translation>
    </message>
    <message>
        <source>Buffering</source>
        <translation>Đang đệm</translation>
    </message>
    <message>
        <source>Bridging</source>
        <translation>Đang nối</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Trực tiếp</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Bị từ chối</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Chép</translation>
    </message>
    <message>
        <source>%1 of %2 live</source>
        <translation>%1 trên %2 live</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <translation>hiện %1 trên %2</translation>
    </message>
    <message>
        <source>Inspect %1</source>
        <translation>Xem kỹ %1</translation>
    </message>
    <message>
        <source>Show among the ladders</source>
        <translation>Hiện trong các thang giá</translation>
    </message>
    <message>
        <source>Synchronise again</source>
        <translation>Đồng bộ lại</translation>
    </message>
</context>
<context>
    <name>obm::SyncHistoryModel</name>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Thời gian</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Vì sao</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>Mã số</translation>
    </message>
</context>
<context>
    <name>obm::WindowPage</name>
    <message>
        <source>Look</source>
        <translation>Hiển thị</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>theo hệ thống</translation>
    </message>
    <message>
        <source>light</source>
        <translation>sáng</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>tối</translation>
    </message>
    <message>
        <source>From the next start on</source>
        <translation>Từ lần khởi động sau</translation>
    </message>
    <message>
        <source>&amp;Blue and orange instead of green and red</source>
        <translation>&amp;Xanh dương và cam thay cho xanh lá và đỏ</translation>
    </message>
    <message>
        <source>&amp;60 frames a second instead of 30</source>
        <translation>&amp;60 khung hình mỗi giây thay vì 30</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Giao diện</translation>
    </message>
    <message>
        <source>L&amp;anguage, from the next start on</source>
        <translation>&amp;Ngôn ngữ, từ lần khởi động sau</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source> s</source>
        <translation> giây</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> ms</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>A symbol is &amp;not live for longer than</source>
        <translation>Một mã chưa &amp;live lâu hơn</translation>
    </message>
    <message>
        <source>A symbol is s&amp;ilent for longer than</source>
        <translation>Một mã &amp;im lặng lâu hơn</translation>
    </message>
    <message>
        <source>Kafka&apos;s la&amp;g is over</source>
        <translation>Độ trễ &amp;Kafka vượt quá</translation>
    </message>
    <message>
        <source>REST &amp;weight used is over</source>
        <translation>Trọng &amp;số REST đã dùng vượt quá</translation>
    </message>
</context>
<context>
    <name>obm::format</name>
    <message>
        <source>min</source>
        <translation>phút</translation>
    </message>
    <message>
        <source>s</source>
        <translation>giây</translation>
    </message>
    <message>
        <source>h</source>
        <translation>giờ</translation>
    </message>
    <message>
        <source>d</source>
        <translation>ngày</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/giây</translation>
    </message>
    <message>
        <source>&lt; 0.01 ms</source>
        <translation>&lt; 0.01 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 giây</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 phút</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>since %1 (%2)</source>
        <translation>từ %1 (%2)</translation>
    </message>
</context>
<context>
    <name>severity</name>
    <message>
        <source>note</source>
        <translation>ghi chú</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>cảnh báo</translation>
    </message>
    <message>
        <source>error</source>
        <translation>lỗi</translation>
    </message>
</context>
<context>
    <name>stage</name>
    <message>
        <source>Exchange</source>
        <translation>Sàn</translation>
    </message>
    <message>
        <source>Kafka in</source>
        <translation>Vào Kafka</translation>
    </message>
    <message>
        <source>Kafka out</source>
        <translation>Ra Kafka</translation>
    </message>
    <message>
        <source>Books</source>
        <translation>Sổ lệnh</translation>
    </message>
    <message>
        <source>Redis</source>
        <translation>Redis</translation>
    </message>
</context>
<context>
    <name>symbols</name>
    <message>
        <source>Symbol</source>
        <translation>Mã</translation>
    </message>
    <message>
        <source>The exchange&apos;s name</source>
        <translation>Tên trên sàn</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Whether its book is proven, or what it waits for</source>
        <translation>Sổ đã được xác nhận chưa, hoặc đang chờ gì</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Đã được</translation>
    </message>
    <message>
        <source>How long it has been in this state</source>
        <translation>Đã ở trạng thái này bao lâu</translation>
    </message>
    <message>
        <source>Best bid</source>
        <translation>Giá mua</translation>
    </message>
    <message>
        <source>The highest price somebody buys at</source>
        <translation>Giá cao nhất có người mua</translation>
    </message>
    <message>
        <source>Best ask</source>
        <translation>Giá bán</translation>
    </message>
    <message>
        <source>The lowest price somebody sells at</source>
        <translation>Giá thấp nhất có người bán</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>Chênh lệch</translation>
    </message>
    <message>
        <source>Best ask less best bid</source>
        <translation>Giá bán tốt nhất trừ giá mua tốt nhất</translation>
    </message>
    <message>
        <source>Events/s</source>
        <translation>Sự kiện/giây</translation>
    </message>
    <message>
        <source>Depth events applied or kept, a second</source>
        <translation>Số sự kiện depth đã áp dụng hoặc giữ lại mỗi giây</translation>
    </message>
    <message>
        <source>Data age</source>
        <translation>Tuổi dữ liệu</translation>
    </message>
    <message>
        <source>Since its last event was received</source>
        <translation>Kể từ khi nhận sự kiện cuối</translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation>Đứt đoạn</translation>
    </message>
    <message>
        <source>Events that went missing, by the exchange&apos;s ids</source>
        <translation>Số lần mất sự kiện, theo mã số của sàn</translation>
    </message>
    <message>
        <source>Resyncs</source>
        <translation>Đồng bộ lại</translation>
    </message>
    <message>
        <source>How often it synchronised again</source>
        <translation>Đã đồng bộ lại bao nhiêu lần</translation>
    </message>
    <message>
        <source>Kafka lag</source>
        <translation>Trễ Kafka</translation>
    </message>
    <message>
        <source>Messages of its partition that are not read yet</source>
        <translation>Số thông điệp chưa đọc trong phân vùng của nó</translation>
    </message>
    <message>
        <source>Writes/s</source>
        <translation>Ghi/giây</translation>
    </message>
    <message>
        <source>Of its live field in Redis, a second</source>
        <translation>Số lần ghi trường trực tiếp trong Redis mỗi giây</translation>
    </message>
    <message>
        <source>Redis age</source>
        <translation>Tuổi Redis</translation>
    </message>
    <message>
        <source>Since Redis acknowledged its last write</source>
        <translation>Kể từ khi Redis xác nhận lần ghi cuối</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Độ trễ</translation>
    </message>
    <message>
        <source>Of its last event, from the exchange&apos;s clock to applied</source>
        <translation>Của sự kiện cuối, từ đồng hồ của sàn đến khi áp dụng</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Kiểm tra</translation>
    </message>
    <message>
        <source>How much of the book was equal to a fresh snapshot the last time, and when</source>
        <translation>Phần sổ lệnh khớp với một ảnh chụp mới ở lần kiểm tra gần nhất, và khi nào</translation>
    </message>
    <message>
        <source>Not held against a snapshot yet</source>
        <translation>Chưa được đối chiếu với ảnh chụp nào</translation>
    </message>
</context>
</TS>

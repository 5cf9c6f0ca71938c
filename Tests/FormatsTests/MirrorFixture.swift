/// A made-up page in the layout of a news mirror, whose surroundings can be varied.
struct MirrorFixture {
  var title = "一座桥的故事"
  var channel = "news1"
  var repository = "some-owner/some-mirror"
  var menu = ["首页", "教程"]
  var promotions = ["🔥 看这个", "🎬 再看这个"]
  var original: String? = "https://www.example.com/gb/2020/03/13/a1001.html"
  var picture = "<img alt=\"桥\" src=\"https://i.example.com/bridge.jpg\"/>"
  var lead = "【本报2020年03月14日讯】（本报记者王小明纽约报导）这座桥修了三年，人们说它让两岸的经济发展起来。"
  var closing = "责任编辑：李大山#"

  var path: String { "\(channel)/a1001.md" }
  private var home: String { "https://github.com/\(repository)/blob/master" }
  private var ownAddress: String { "\(home)/pages/\(path)" }

  var text: String {
    """
    ### \(title)
    ------------------------

    #### \(links(menu).joined(separator: " &nbsp;&nbsp;|&nbsp;&nbsp; "))



    <div>\(picture)
    <div class="caption">
     桥的照片
    </div></div><hr/>

    \(links(promotions).map { "#### \($0)\n\n" }.joined())<div><p>
     \(lead)
     <ok href="https://www.example.com/tag/桥">
      两岸
     </ok>
     都高兴。
    </p>
    <!-- advert -->
    <script>
     var x = "<p>no</p>";
    </script>
    <p>
     \(closing)
    </p>
    </div>
    <hr/>
    手机上长按并复制下列链接或二维码分享本文章：<br/>
    \(ownAddress) <br/>
    <a href='\(ownAddress)'><img src='\(ownAddress).png'/></a> <br/>
    \(original.map { "原文地址（需翻墙访问）：\($0)" } ?? "")


    ------------------------
    #### \(links(menu).joined(separator: " | "))


    <img src='http://tracker.example.net/\(path)' width='0px' height='0px'/>
    """
  }

  private func links(_ names: [String]) -> [String] {
    names.map { "[\($0)](\(home)/README.md)" }
  }
}

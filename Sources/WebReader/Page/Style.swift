/// How all pages look: one file, without a face or a picture from anywhere.
enum Style {
  static let text = Asset.compact([
    colors, base, frame, reading, article, lists, forms, print,
  ])
}

extension Style {
  /// All colours, by day and by night. `StyleTests` measures their contrast.
  static let colors = """
    :root {
      color-scheme: light dark;
      --paper: #fbfaf6; --raised: #ffffff; --ink: #211f1b; --soft: #625e55; --line: #e2ddd1;
      --edge: #8b8578; --link: #14578a; --visited: #5c4a86; --accent: #8a4513; --on-accent: #ffffff;
      --alarm: #a3241c;
      --yellow: #fdeea6; --green: #d3efc6; --blue: #d0e6fb; --pink: #fbd9e3; --purple: #e6dcfa;
      --added: #dcf1d7; --gone: #fbdfdb;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #181714; --raised: #22201c; --ink: #e5e0d5; --soft: #a8a194; --line: #38352e;
        --edge: #807a6d; --link: #8fc3ea; --visited: #c0aee8; --accent: #e3a86f;
        --on-accent: #201407; --alarm: #f29a8f;
        --yellow: #4e4316; --green: #244524; --blue: #1f3f59; --pink: #572c3b; --purple: #41345f;
        --added: #1f3d22; --gone: #52261f;
      }
    }

    """
}

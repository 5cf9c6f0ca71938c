/// The sign in a browser's tab: a satchel with its flap down.
enum Icon {
  static let text = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
    <path d="M11 10V8a5 5 0 0 1 10 0v2" fill="none" stroke="#6d3a10" stroke-width="2.5"/>
    <rect x="3" y="9" width="26" height="19" rx="3.5" fill="#8a4b16"/>
    <path d="M3 12.5A3.5 3.5 0 0 1 6.5 9h19a3.5 3.5 0 0 1 3.5 3.5v3a6 6 0 0 \
    1-6 6h-14a6 6 0 0 1-6-6z" fill="#b5702f"/>
    <rect x="13.5" y="18" width="5" height="6" rx="1.2" fill="#f4e3c8"/>
    </svg>

    """
}

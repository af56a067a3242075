namespace JobServer.Portal.SignIn;

internal static class SignInLinks
{
    public static string Page(string? next = null) => next is null ? "/login" : $"/login?next={Uri.EscapeDataString(next)}";

    /// <summary>Where the button goes that leads to GitHub.</summary>
    public static string GitHub => "/login/github";

    public static string Welcome(string next) => $"/welcome?next={Uri.EscapeDataString(next)}";

    /// <summary>Where the first admin enters the code that the Portal printed.</summary>
    public static string SetUp => "/set-up";

    public static string SignOut => "/logout";
}

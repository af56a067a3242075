namespace JobServer.Portal.SignIn;

internal static class SignInLinks
{
    public static string Page(string? next = null) => next is null ? "/login" : $"/login?next={Uri.EscapeDataString(next)}";

    public static string SignOut => "/logout";
}

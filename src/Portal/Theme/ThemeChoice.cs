namespace JobServer.Portal.Theme;

/// <summary>Light, dark or as the system says; kept in a cookie so that the server renders it without a flash.</summary>
internal static class ThemeChoice
{
    public const string Cookie = "jobserver.theme";

    public static readonly IReadOnlyList<string> All = ["auto", "light", "dark"];

    /// <summary>The choice of this visitor; anything unknown is <c>auto</c>.</summary>
    public static string Of(HttpRequest request) => Known(request.Cookies[Cookie]) ?? "auto";

    public static string? Known(string? value) =>
        All.FirstOrDefault(choice => string.Equals(choice, value, StringComparison.Ordinal));
}

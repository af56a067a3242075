namespace JobServer.Portal.Users;

internal static class UserLinks
{
    public static string Settings => "/settings";

    /// <summary>Where a link of an e-mail leads that asks whether the address is its reader's.</summary>
    public static string VerifyAddress(string token) => $"/settings/verify?t={Uri.EscapeDataString(token)}";

    /// <summary>The person's own picture; the key only makes browsers ask again when it has changed.</summary>
    public static string Picture(string key) => $"/picture?v={key}";
}

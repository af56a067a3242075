namespace JobServer.Portal.Ui;

/// <summary>Addresses taken from a request, which may be anything.</summary>
internal static class LocalAddress
{
    /// <summary>The address if it stays on this site, otherwise the home page.</summary>
    public static string OrHome(string? address) => IsLocal(address) ? address! : "/";

    /// <summary>A path of ours: one leading slash, no control characters, no way to another host.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..]
        && address.Length <= 2_000
        && !address.Any(char.IsControl);
}

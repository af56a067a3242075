using System.Text;

namespace JobServer.Portal.Ui;

/// <summary>Addresses taken from a request, which may be anything.</summary>
internal static class LocalAddress
{
    /// <summary>The address if it stays on this site, otherwise the home page; as a header can carry it.</summary>
    public static string OrHome(string? address) => IsLocal(address) ? InAscii(address!) : "/";

    /// <summary>A path of ours: one leading slash, no control characters, no way to another host.</summary>
    public static bool IsLocal(string? address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..]
        && address.Length <= 2_000
        && !address.Any(char.IsControl);

    /// <summary>The server refuses to send a header with any other letter.</summary>
    private static string InAscii(string address) => Ascii.IsValid(address)
        ? address
        : string.Concat(address.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}

using System.Globalization;

namespace JobServer.Portal.Logs;

/// <summary>Bytes that the site did not keep.</summary>
internal sealed record LogHole(long From, long To, string Reason)
{
    /// <summary>In words, on a line of its own.</summary>
    public string Words =>
        $"— {(To - From).ToString("N0", CultureInfo.InvariantCulture)} bytes were not kept: {LogText.Of(System.Text.Encoding.UTF8.GetBytes(Reason)).ReplaceLineEndings(" ")} —";
}

using JobServer.Domain.Releases;

namespace JobServer.Portal.Releases;

/// <summary>Identifiers of releases and files as they come in addresses, where letter case does not matter.</summary>
internal static class ReleaseIds
{
    /// <summary>The identifier as it is stored; null for what can be none.</summary>
    public static string? Read(string? text) =>
        text is { Length: Release.IdLength } && text.All(char.IsAsciiLetterOrDigit) ? text.ToUpperInvariant() : null;
}

using System.Text.RegularExpressions;

namespace JobServer.Portal.CodeHosts;

/// <summary>What owners, names, branches and paths may look like before they reach a program or an address.</summary>
internal static partial class RepositoryNames
{
    /// <summary>The repository at <c>{root}/{owner}/{name}</c>, or null if the address is anything else.</summary>
    public static CodeRepository? Parse(Uri address, Uri root)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0
            || !string.Equals(address.Scheme, root.Scheme, StringComparison.OrdinalIgnoreCase)
            || !string.Equals(address.Authority, root.Authority, StringComparison.OrdinalIgnoreCase))
            return null;
        var prefix = root.AbsolutePath.TrimEnd('/') + "/";
        if (!address.AbsolutePath.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        if (address.AbsolutePath[prefix.Length..].TrimEnd('/').Split('/') is not [var owner, var last])
            return null;
        var name = last.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? last[..^4] : last;
        return IsName(owner) && IsName(name)
            ? new CodeRepository(new Uri(root, $"{prefix}{owner}/{name}"), owner, name)
            : null;
    }

    public static bool IsName(string text) => NamePattern().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal);

    /// <summary>Git's own rules for branch names, less what no branch needs.</summary>
    public static bool IsBranch(string? text) =>
        text is { Length: > 0 and <= 200 }
        && BranchPattern().IsMatch(text)
        && !text.Contains("..", StringComparison.Ordinal)
        && !text.Contains("//", StringComparison.Ordinal)
        && !text.Contains("@{", StringComparison.Ordinal)
        && !text.EndsWith('/') && !text.EndsWith('.') && !text.EndsWith(".lock", StringComparison.Ordinal);

    /// <summary>The same rules hold for tags.</summary>
    public static bool IsTag(string? text) => IsBranch(text);

    /// <summary>A relative path without tricks.</summary>
    public static bool IsPath(string? text) =>
        text is { Length: > 0 and <= 500 }
        && !text.Contains('\\') && !text.Any(char.IsControl)
        && text.Split('/').All(part => part is not ("" or "." or "..") && !part.StartsWith(':'));

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[\p{L}\p{N}_+=#%][^\s~^:?*\[\\\p{C}]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BranchPattern();
}

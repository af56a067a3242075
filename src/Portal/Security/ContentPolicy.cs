namespace JobServer.Portal.Security;

/// <summary>One content security policy, chosen for each response.</summary>
internal sealed record ContentPolicy(string Csp, string ResourcePolicy)
{
    /// <summary>
    /// For files that a study produced: no origin, no script, no request, nothing but its own inline styles and
    /// pictures. Applies as well when somebody opens the address of the file alone.
    /// </summary>
    public static readonly ContentPolicy StudyContent = new(
        "default-src 'none'; sandbox; style-src 'unsafe-inline'; img-src data:; font-src data:; " +
        "frame-ancestors 'self'; form-action 'none'; base-uri 'none'",
        "same-origin");

    /// <summary>The policy of our own pages.</summary>
    public static ContentPolicy Site(IEnumerable<string> formTargets) => new(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; frame-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; " +
        $"form-action {string.Join(' ', formTargets.Prepend("'self'").Distinct(StringComparer.Ordinal))}",
        "same-origin");
}

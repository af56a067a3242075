namespace JobServer.Portal.Security;

/// <summary>What the site's own pages may do in a browser beyond <c>'self'</c>.</summary>
internal sealed class SecurityHeaderOptions
{
    /// <summary>
    /// Origins that a form may end up at. Chromium checks redirects of a form too, so GitHub's address is one: a
    /// sign-in form posts to us and is sent on.
    /// </summary>
    public IList<string> FormTargets { get; } = [];
}

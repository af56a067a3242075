using System.ComponentModel.DataAnnotations;

namespace JobServer.Portal;

/// <summary>What the site is called and how it behaves: section <c>Portal</c> of <c>portal.json</c>.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>The name in the header and in titles.</summary>
    [Required, StringLength(60)]
    public string SiteName { get; set; } = "JobServer";

    /// <summary>An e-mail address that people may write to; nothing is shown when it is empty.</summary>
    [StringLength(254)]
    public string ContactAddress { get; set; } = "";

    /// <summary>Address of the site's own help; nothing is shown when it is empty.</summary>
    [StringLength(500)]
    public string HelpAddress { get; set; } = "";

    /// <summary>People of the demo can be picked on the sign-in page. Refused in Production.</summary>
    public bool DemoSignIn { get; set; }

    /// <summary>
    /// Login at GitHub of the person who becomes the first Core Developer when they sign in. Does nothing once the
    /// service has had one.
    /// </summary>
    [StringLength(100)]
    public string FirstAdmin { get; set; } = "";

    /// <summary>Open live pages that one process serves at the same time.</summary>
    [Range(1, 100_000)]
    public int MaxLiveConnections { get; set; } = 2_000;

    /// <summary>Of these, those of one person, or of all visitors of one network.</summary>
    [Range(1, 100_000)]
    public int MaxLiveConnectionsOfOne { get; set; } = 200;
}

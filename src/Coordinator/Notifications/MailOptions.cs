using System.ComponentModel.DataAnnotations;

namespace JobServer.Coordinator.Notifications;

public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>The mail server; when empty, messages are written to <see cref="Folder"/> instead.</summary>
    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>TLS is required unless the server is on loopback.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    [Required]
    public string From { get; set; } = "jobserver@localhost";

    /// <summary>The site's name, for the sender and the foot of each message.</summary>
    [Required, StringLength(60)]
    public string SiteName { get; set; } = "JobServer";

    /// <summary>The address that answers go to; empty when nobody reads them.</summary>
    [StringLength(254)]
    public string Contact { get; set; } = "";

    /// <summary>How long a backend is silent before those who look after the site are told.</summary>
    public TimeSpan BackendSilence { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Where messages go as .eml files when there is no mail server.</summary>
    public string Folder { get; set; } = "data/mail";

    /// <summary>The Portal's address, for links in messages.</summary>
    [Required]
    public string PortalAddress { get; set; } = "http://127.0.0.1:5080";
}

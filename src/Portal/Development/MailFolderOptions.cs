namespace JobServer.Portal.Development;

/// <summary>Section <c>Portal:Development</c>, for demonstrations and development.</summary>
internal sealed class MailFolderOptions
{
    public const string Section = "Portal:Development";

    /// <summary>Where the Coordinator writes messages as files; they are listed at <c>/development/mail</c>. Nothing is there when it is empty.</summary>
    public string MailFolder { get; set; } = "";
}

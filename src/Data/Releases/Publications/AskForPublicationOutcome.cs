namespace JobServer.Data.Releases.Publications;

/// <summary>What became of a request for publication.</summary>
public abstract record AskForPublicationOutcome
{
    private AskForPublicationOutcome()
    {
    }

    /// <param name="PublicationId">Its number.</param>
    public sealed record Asked(int PublicationId) : AskForPublicationOutcome;

    /// <summary>A file was released or deleted meanwhile: nothing was written, and the list must be looked at again.</summary>
    public sealed record FilesChanged : AskForPublicationOutcome;

    /// <summary>Every file was left out.</summary>
    public sealed record NoFiles : AskForPublicationOutcome;

    /// <summary>Another publication of the workspace waits for its decision.</summary>
    /// <param name="PublicationId">Its number.</param>
    public sealed record HasOpen(int PublicationId) : AskForPublicationOutcome;
}

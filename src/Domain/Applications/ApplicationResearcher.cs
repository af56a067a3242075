namespace JobServer.Domain.Applications;

/// <summary>Somebody who is to work on the study that is applied for. Not necessarily a user.</summary>
public sealed class ApplicationResearcher
{
    public const int NameMaxLength = 200;

    public int Id { get; init; }

    public int ApplicationId { get; init; }

    public required string Name { get; set; }

    /// <summary>Answers by the name of their field, as a JSON object of texts.</summary>
    public required string Answers { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Revision { get; set; }
}

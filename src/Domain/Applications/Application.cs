using JobServer.Domain.Projects;
using JobServer.Domain.Users;

namespace JobServer.Domain.Applications;

/// <summary>A study that somebody asks for: pages of answers, the people of the study, and what was decided.</summary>
public sealed class Application
{
    public const int PublicIdLength = 12;
    public const int StatusCommentMaxLength = 2000;
    public const int OverrideReasonMaxLength = 1000;

    public int Id { get; init; }

    /// <summary>In its address: short, random, and no hint of how many there are.</summary>
    public required string PublicId { get; init; }

    public int CreatedById { get; init; }

    public User CreatedBy { get; init; } = null!;

    public DateTimeOffset CreatedAt { get; init; }

    public ApplicationStatus Status { get; set; }

    /// <summary>What the applicant is told with the status.</summary>
    public string StatusComment { get; set; } = "";

    public DateTimeOffset? StatusChangedAt { get; set; }

    public int? StatusChangedById { get; set; }

    public DateTimeOffset? SubmittedAt { get; set; }

    public int? SubmittedById { get; set; }

    /// <summary>A deleted application can be restored, and shows to nobody but its applicant until then.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public int? DeletedById { get; set; }

    /// <summary>What its approval made.</summary>
    public int? ProjectId { get; set; }

    public Project? Project { get; init; }

    public ReviewerDecision Governance { get; set; } = new();

    public ReviewerDecision Technical { get; set; } = new();

    /// <summary>Why it was approved although a decision was missing or against it; empty where both were for it.</summary>
    public string OverrideReason { get; set; } = "";

    public int Revision { get; set; }

    public List<ApplicationPage> Pages { get; } = [];

    public List<ApplicationResearcher> Researchers { get; } = [];
}

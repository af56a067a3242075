using JobServer.Domain.Applications;

namespace JobServer.Portal.Applications;

/// <summary>Which applications are looked for; what an address says wrongly is not looked at.</summary>
internal sealed record ApplicationFilter
{
    /// <summary>In the name of the study, the applicant's name or login, or the reference.</summary>
    public string Search { get; init; } = "";

    public ApplicationStatus? Status { get; init; }

    /// <summary>Only those without this decision.</summary>
    public DecisionKind? Missing { get; init; }

    /// <summary>Only those with a project, or only those without one.</summary>
    public bool? HasProject { get; init; }

    public bool IsAny => this == new ApplicationFilter();
}

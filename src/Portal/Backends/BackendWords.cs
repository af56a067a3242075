using JobServer.Domain;
using JobServer.Domain.Agents;
using JobServer.Domain.Backends;
using JobServer.Domain.Pipelines;
using JobServer.Outputs.Disclosure;
using JobServer.Portal.Access;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Backends;

/// <summary>Choices about backends in the words of admins, and what is wrong with what they typed.</summary>
internal static class BackendWords
{
    public static string Sentence(this ReleasePolicy policy) => policy switch
    {
        ReleasePolicy.Reviewed => "Reviewed: output checkers decide file by file before anybody in the project sees it.",
        ReleasePolicy.Automatic => "Automatic: files that pass the site's limits are released to the project when the job succeeds.",
    };

    public static string Sentence(this LogPolicy policy) => policy switch
    {
        LogPolicy.SiteOnly => "Site only: logs never leave the site.",
        LogPolicy.Checkers => "Checkers: output checkers read logs here.",
        LogPolicy.Project => "Project: developers of the project read logs here.",
    };

    public static string Sentence(DisclosureProfile profile)
    {
        var rounding = profile.RoundingBase is { } step ? $", rounded to {step}" : "";
        var zero = profile.ZeroIsSmall ? ", none of 0" : "";
        return $"{profile.Label}: counts from {profile.MinimumCount}{zero}{rounding}. {profile.Source}.";
    }

    public static string Sentence(PipelineDialect dialect) => dialect switch
    {
        PipelineDialect.Medicia => "Medicia: the rules of 2022; expectations are optional, and files may have any extension.",
        PipelineDialect.Opensafely => "OpenSAFELY: the rules of 2026.",
    };

    public static string Name(this BackendMode mode) => mode switch
    {
        BackendMode.Active => "Active",
        BackendMode.Paused => "Paused",
        BackendMode.Draining => "Draining",
        BackendMode.DatabaseMaintenance => "Database maintenance",
    };

    public static Tone Tone(this AgentMode mode) => mode switch
    {
        AgentMode.Active => Ui.Tone.Good,
        AgentMode.Revoked => Ui.Tone.Bad,
        _ => Ui.Tone.Warning,
    };

    public static string? SlugProblem(string slug, ReservedWords reserved) => Slug.Problem(slug) ?? reserved.ProblemOfBackend(slug);
}

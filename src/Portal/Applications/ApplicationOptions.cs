using System.ComponentModel.DataAnnotations;
using JobServer.Domain.Applications.Forms;

namespace JobServer.Portal.Applications;

/// <summary>What applications to this site are asked about and told: section <c>Portal:Applications</c>.</summary>
public sealed class ApplicationOptions
{
    public const string Section = "Portal:Applications";

    private const int LongestName = 150;

    /// <summary>Names of the data sets of the site; a general list when there are none.</summary>
    [MaxLength(40)]
    public IList<string> DataSets { get; } = [];

    /// <summary>Legal bases on which the site lets its data be used; a general list when there are none.</summary>
    [MaxLength(20)]
    public IList<string> LegalBases { get; } = [];

    /// <summary>What an applicant must agree to, one paragraph each; general terms when there are none.</summary>
    [MaxLength(40)]
    public IList<string> Terms { get; } = [];

    /// <summary>An e-mail address for questions about privacy; the site's contact address when it is empty.</summary>
    [StringLength(254)]
    public string PrivacyContact { get; set; } = "";

    internal SiteForms Forms => new()
    {
        DataSets = DataSets.Count > 0 ? [.. DataSets] : SiteForms.Default.DataSets,
        LegalBases = LegalBases.Count > 0 ? [.. LegalBases] : SiteForms.Default.LegalBases,
    };

    internal IReadOnlyList<string> Paragraphs => Terms.Count > 0 ? [.. Terms] : DefaultTerms;

    /// <returns>Null, or which setting is wrong and what to write.</returns>
    internal static string? Problem(ApplicationOptions options) =>
        ProblemOf(nameof(DataSets), options.DataSets) ?? ProblemOf(nameof(LegalBases), options.LegalBases);

    private static string? ProblemOf(string setting, IList<string> names) =>
        names.Any(name => string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl) || name != name.Trim())
            ? $"{Section}:{setting}: each name is one line of 1 to {LongestName} characters without blanks around it."
            : names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Count ? $"{Section}:{setting}: a name is there twice." : null;

    private static readonly string[] DefaultTerms =
    [
        "What you write in the application is true, and you may speak for everybody whom it names.",
        "The data is used for the study that you describe and for nothing else.",
        "Nobody tries to find out who the people in the data are.",
        "Only results that were checked leave the site, and you do not work around the checks.",
        "The programs of the study, and every run of them, are open to the public at the latest when its results are.",
        "What you write in an approved application may be published, except telephone numbers and e-mail addresses.",
    ];
}

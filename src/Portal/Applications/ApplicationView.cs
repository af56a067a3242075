using JobServer.Domain.Applications;
using JobServer.Domain.Applications.Forms;

namespace JobServer.Portal.Applications;

/// <summary>An application as the person at hand sees it.</summary>
internal sealed record ApplicationView
{
    public required int Id { get; init; }

    public required string PublicId { get; init; }

    public required string Applicant { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required ApplicationStatus Status { get; init; }

    public required string StatusComment { get; init; }

    public required DateTimeOffset? StatusChangedAt { get; init; }

    public required DateTimeOffset? SubmittedAt { get; init; }

    public required DateTimeOffset? DeletedAt { get; init; }

    public required int Revision { get; init; }

    /// <summary>Others may read it at most.</summary>
    public required bool IsMine { get; init; }

    /// <summary>The pages that this study needs, in order.</summary>
    public required IReadOnlyList<FormPage> Pages { get; init; }

    /// <summary>By key; a page that was never saved is not there.</summary>
    public required IReadOnlyDictionary<string, SavedPage> Saved { get; init; }

    public required IReadOnlyList<ResearcherView> Researchers { get; init; }

    public string StudyName => Answers(StudyPages.StudyInformationKey)[StudyPages.StudyNameField];

    public string Title => StudyName.Length > 0 ? StudyName : "Study without a name yet";

    public bool CanEdit => IsMine && DeletedAt is null && Status.IsEditable();

    public bool CanDelete => IsMine && DeletedAt is null && Status.IsDeletable();

    public int Started => Pages.Count(page => Saved.ContainsKey(page.Key));

    public Answers Answers(string key) => Saved.GetValueOrDefault(key)?.Answers ?? Domain.Applications.Forms.Answers.None;

    public IReadOnlyList<FormField> Missing(FormPage page) => page.MissingIn(Answers(page.Key));

    public PageStanding Standing(FormPage page) => Saved.GetValueOrDefault(page.Key) switch
    {
        null => PageStanding.NotStarted,
        { Verdict: PageVerdict.NeedsChange } => PageStanding.NeedsChange,
        _ when HasGap(page) => PageStanding.Incomplete,
        { Verdict: PageVerdict.Accepted } => PageStanding.Accepted,
        _ => PageStanding.Complete,
    };

    /// <summary>Everything that must be filled in before it can be submitted.</summary>
    public IReadOnlyList<Gap> Gaps => [.. Pages.SelectMany(GapsOf), .. Researchers.SelectMany(GapsOf)];

    /// <summary>Where to go after a page was saved: the next that nobody has looked at, or the check of everything.</summary>
    public string NextAfter(string key)
    {
        var after = Pages.SkipWhile(page => page.Key != key).Skip(1);
        var next = after.Concat(Pages).FirstOrDefault(page => page.Key != key && !Saved.ContainsKey(page.Key));
        return next is null ? ApplicationLinks.Confirmation(PublicId) : ApplicationLinks.Page(PublicId, next.Key);
    }

    private bool HasGap(FormPage page) =>
        Missing(page).Count > 0 || (page.Key == TeamPages.ResearchersKey && Researchers.Any(researcher => researcher.Missing.Count > 0));

    private IEnumerable<Gap> GapsOf(FormPage page)
    {
        var address = ApplicationLinks.Page(PublicId, page.Key);
        return Saved.ContainsKey(page.Key)
            ? Missing(page).Select(field => new Gap($"{page.Title}: {field.Label}", $"{address}#{field.Name}"))
            : [new Gap($"{page.Title}: this page has not been filled in yet", address)];
    }

    private IEnumerable<Gap> GapsOf(ResearcherView researcher) => researcher.Missing.Select(field =>
        new Gap($"{researcher.Name}: {field.Label}", $"{ApplicationLinks.Researcher(PublicId, researcher.Id)}#{field.Name}"));
}

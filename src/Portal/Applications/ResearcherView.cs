using JobServer.Domain.Applications.Forms;

namespace JobServer.Portal.Applications;

internal sealed record ResearcherView
{
    public required int Id { get; init; }

    public required string Name { get; init; }

    public required int Revision { get; init; }

    public required Answers Answers { get; init; }

    public IReadOnlyList<FormField> Missing => ResearcherForm.Page.MissingIn(Answers);
}

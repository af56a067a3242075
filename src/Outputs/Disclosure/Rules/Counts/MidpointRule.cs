using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Counts;

/// <summary>A name that says how a column was rounded keeps its word.</summary>
internal sealed class MidpointRule : CountRule
{
    private const int Width = 6;
    private const int Middle = 3;

    public override string Id => "N4";

    public override string Title => "Rounded as the name says";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Round to 0, 3, 9, 15 and so on before naming the column _midpoint6; what is derived from such counts are multiples of 6.";

    protected override bool Concerns(TableColumn column, DisclosureProfile profile) => column.IsMidpoint6 || column.IsMidpoint6Derived;

    protected override string? Problem(decimal number, TableColumn column, DisclosureProfile profile) => column.IsMidpoint6
        ? number == 0 || (number > 0 && (number - Middle) % Width == 0) ? null : "a count that is not in the middle of a range of six, as the name says"
        : number % Width == 0 ? null : "a number that is not a multiple of six, as the name says";
}

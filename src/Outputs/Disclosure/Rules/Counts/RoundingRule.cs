using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Counts;

/// <summary>Exact counts of two tables differ by exact numbers of people.</summary>
internal sealed class RoundingRule : CountRule
{
    public override string Id => "N3";

    public override string Title => "Counts that are not rounded";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Round every count after hiding the small ones, and compute totals from the rounded parts.";

    protected override bool Concerns(TableColumn column, DisclosureProfile profile) =>
        profile.RoundingBase is not null && !column.IsMidpoint6Derived && !(column.IsMidpoint6 && profile.AllowsMidpoint6);

    protected override string? Problem(decimal number, TableColumn column, DisclosureProfile profile) =>
        number % profile.RoundingBase!.Value == 0 ? null : $"a count that is not rounded to {profile.RoundingBase}";
}

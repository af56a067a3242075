using JobServer.Outputs.Disclosure.Reading;

namespace JobServer.Outputs.Disclosure.Rules.Counts;

/// <summary>Few people can be recognised.</summary>
internal sealed class SmallCountRule : CountRule
{
    public override string Id => "N1";

    public override string Title => "Small count";

    public override Severity Severity => Severity.Fail;

    public override string Advice => "Replace small counts by [REDACTED], hide a second cell where a total gives it away, or join groups.";

    protected override bool Concerns(TableColumn column, DisclosureProfile profile) =>
        !column.IsMidpoint6Derived && !(column.IsMidpoint6 && profile.AllowsMidpoint6);

    protected override string? Problem(decimal number, TableColumn column, DisclosureProfile profile) =>
        number < profile.MinimumCount && (number > 0 || (number == 0 && profile.ZeroIsSmall)) ? $"a count below {profile.MinimumCount}" : null;
}

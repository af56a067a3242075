namespace JobServer.Outputs.Disclosure;

/// <summary>Collects findings. A rule tells the first of many and that there are more: a list of thousands helps nobody.</summary>
internal sealed class FindingList
{
    public const int MaxPerRule = 20;

    private readonly List<Finding> _all;
    private readonly DisclosureRule? _rule;
    private int _count;

    public FindingList()
        : this([], null)
    {
    }

    private FindingList(List<Finding> all, DisclosureRule? rule)
    {
        _all = all;
        _rule = rule;
    }

    public FindingList Of(DisclosureRule rule) => new(_all, rule);

    /// <param name="message">Says what is wrong without the value that is wrong.</param>
    /// <param name="row">From 1.</param>
    /// <param name="column">From 1.</param>
    /// <param name="severity">Null takes the rule's own.</param>
    public void Add(string message, int? row = null, int? column = null, Severity? severity = null)
    {
        _count++;
        if (_count > MaxPerRule + 1)
            return;

        var isLast = _count > MaxPerRule;
        _all.Add(new Finding
        {
            Rule = _rule!.Id,
            Severity = severity ?? _rule.Severity,
            Row = isLast ? null : row,
            Column = isLast ? null : column,
            Message = isLast ? "and more of the same in this file" : message,
        });
    }

    public List<Finding> ToList() => [.. _all];
}

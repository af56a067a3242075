using JobServer.Outputs.Disclosure.Rules.Counts;
using JobServer.Outputs.Disclosure.Rules.Documents;
using JobServer.Outputs.Disclosure.Rules.Files;
using JobServer.Outputs.Disclosure.Rules.Tables;

namespace JobServer.Outputs.Disclosure;

/// <summary>Every rule, in the order in which findings are told.</summary>
public static class DisclosureRules
{
    public static IReadOnlyList<DisclosureRule> All { get; } =
    [
        new TypeRule(), new SizeRule(), new HiddenNameRule(), new PackedFileRule(), new PathSafetyRule(), new EncodingRule(), new DuplicateRule(),
        new UnreadableTableRule(), new RowCapRule(), new WideTableRule(), new RaggedTableRule(), new PreambleRule(), new FormulaRule(),
        new IdentifierHeaderRule(), new NhsNumberRule(), new UniqueKeyRule(),
        new SmallCountRule(), new RoundingRule(), new MidpointRule(), new RedactionRule(), new LoneHiddenCellRule(), new UnknownColumnRule(),
        new PictureDataRule(), new PictureMetadataRule(), new VectorPictureRule(), new ActiveHtmlRule(), new EmbeddedDataRule(), new UnreadRule(),
    ];

    private static readonly Dictionary<string, DisclosureRule> ById = All.ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    /// <returns>Null for a rule that this version does not know.</returns>
    public static DisclosureRule? Find(string id) => ById.GetValueOrDefault(id);
}

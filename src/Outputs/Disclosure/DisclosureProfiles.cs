namespace JobServer.Outputs.Disclosure;

/// <summary>The profiles that a backend can choose from, made of published rules.</summary>
public static class DisclosureProfiles
{
    private const string Version = "2026.1";

    /// <summary>The strictest thresholds that the published rules have in common.</summary>
    public static DisclosureProfile Strict { get; } = Of("strict", "The strictest common set of the published rules", 10, 5);

    public static IReadOnlyList<DisclosureProfile> All { get; } =
    [
        Strict,
        Of("opensafely", "OpenSAFELY documentation, August 2026", 8, 5) with { AllowsMidpoint6 = true },
        Of("nhs-england-sde", "NHS England SDE, Output your results", 10, 5),
        Of("hes-2018", "NHS Digital HES and ECDS, 2018", 8, 5),
        Of("uk-llc", "UK LLC, January 2026", 10, null) with { ZeroIsSmall = true },
        Of("ons", "ONS Longitudinal Study and Secure Research Service", 10, null),
        Of("abs-datalab", "ABS DataLab, rule of 10", 10, null),
        Of("sacro", "ACRO and SACRO 1.0 defaults", 10, null) with { ZeroIsSmall = true },
        Of("datashield", "DataSHIELD dsBase defaults", 3, null),
        Of("hutch-relay", "Hutch Relay defaults", 10, 10),
        Of("bundesbank", "Bundesbank RDSC", 5, null),
    ];

    /// <summary>The profile of this name; a name that is empty or not known here means the strict one.</summary>
    public static DisclosureProfile Find(string? name) => All.FirstOrDefault(profile => profile.Name == name) ?? Strict;

    private static DisclosureProfile Of(string name, string source, int minimumCount, int? roundingBase) => new()
    {
        Name = name,
        Version = Version,
        Source = source,
        MinimumCount = minimumCount,
        RoundingBase = roundingBase,
    };
}

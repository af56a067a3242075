namespace JobServer.Domain.Pipelines.Drafts;

/// <summary>Which commands get the site's database address: it depends on the image and the word right after it.</summary>
internal static class DatabaseActions
{
    public static bool Includes(PipelineDialect dialect, string image, string? command) => dialect switch
    {
        PipelineDialect.Opensafely => (image, command) switch
        {
            ("ehrql", "generate-dataset" or "generate-measures") => true,
            ("sqlrunner", _) => true,
            ("cohortextractor", "generate_cohort" or "generate_codelist_report") => true,
            ("databuilder", "generate-dataset") => true,
            _ => false,
        },
        PipelineDialect.Medicia => (image, command) switch
        {
            ("cohortextractor", "generate_cohort" or "generate_codelist_report") => true,
            ("cohortextractor-v2", "generate_cohort" or "generate_dataset") => true,
            ("databuilder", "generate_dataset") => true,
            _ => false,
        },
    };
}

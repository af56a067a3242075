using System.CommandLine;
using JobServer.Domain.Pipelines;

namespace JobServer.Cli;

internal static class DialectOption
{
    public static Option<PipelineDialect> Create() => new("--dialect")
    {
        Description = "The rules to hold files to: medicia (2022) or opensafely (2026). Ask your site; the default is medicia.",
        DefaultValueFactory = _ => PipelineDialect.Medicia,
    };
}

using JobServer.Domain.Pipelines;

namespace JobServer.Cli.Checking;

internal interface ICheckReport
{
    void Show(ProjectFile file, PipelineDialect dialect, PipelineReading reading);

    /// <summary>After the last file.</summary>
    void Finish();
}

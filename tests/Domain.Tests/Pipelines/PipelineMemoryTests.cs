using JobServer.Domain.Pipelines;
using JobServer.TestCommon;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class PipelineMemoryTests
{
    [Fact]
    public void The_largest_known_study_is_read_and_planned_within_50_megabytes() =>
        Assert.InRange(Allocated(LargeStudy.LargestKnown), 1, 50_000_000);

    [Fact]
    public void Memory_grows_with_the_number_of_actions_and_no_faster() =>
        Assert.InRange(Allocated(10_000) / (double)Allocated(100), 50, 150);

    private static long Allocated(int actions)
    {
        var text = LargeStudy.Text(actions);
        ReadAndPlan();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAndPlan();
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void ReadAndPlan()
        {
            var reading = PipelineReader.Read(text, PipelineDialect.Opensafely);
            Assert.True(reading.IsValid, string.Join('\n', reading.Problems));
            var plan = JobPlanner.Plan(reading.Pipeline!, [Pipeline.RunAll], false, WorkspaceState.Empty);
            Assert.Equal(actions, Assert.IsType<JobPlan.Planned>(plan).Jobs.Count);
        }
    }
}

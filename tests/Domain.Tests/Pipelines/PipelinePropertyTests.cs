using System.Globalization;
using System.Text;
using CsCheck;
using JobServer.Domain.Pipelines;
using JobServer.Domain.Tests.Pipelines.Rules;
using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

public sealed class PipelinePropertyTests
{
    private static readonly string[] Seeds =
        [Files.Valid, .. RuleTwins.All.Select(t => t.Invalid), .. RuleTwins.All.Select(t => t.Valid)];

    private static readonly string[] Bits =
    [
        "[", "]", "{", "}", ":", ": ", "- ", "? ", "#", " #", "\"", "'", "|", ">", "&a ", "*a", "!t ", "%", "@", ",", "\t", "\n", "\n  ",
        "---\n", "...\n", "<<: ", "|-\n", "\\", "=", "~", "0x1F", "\r\n", "\u2028", "é", "\0", "://u:p@", "[a,\nb]", "null", "\uFEFF",
    ];

    private static readonly Gen<string> Mutated =
        from text in PipelineGen.Pick(Seeds)
        from edits in Gen.Select(Gen.Double.Unit, Gen.Int[0, 4], PipelineGen.Pick(Bits), Gen.Double.Unit).Array[1, 6]
        select edits.Aggregate(text, (t, e) => Edit(t, e.Item1, e.Item2, e.Item3, e.Item4));

    /// <summary>200,000 in continuous integration; set PIPELINE_FUZZ_ITERATIONS for any other number.</summary>
    private static long Iterations =>
        long.TryParse(Environment.GetEnvironmentVariable("PIPELINE_FUZZ_ITERATIONS"), CultureInfo.InvariantCulture, out var number) ? number
        : string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? 200_000
        : 20_000;

    [Fact]
    public void A_mutated_file_has_an_answer_with_lines() => Mutated.Sample(
        text => HasAnAnswer(Encoding.UTF8.GetBytes(text)), iter: Iterations * 9 / 10, print: p => p);

    [Fact]
    public void Random_bytes_have_an_answer_with_lines() =>
        Gen.Byte.Array[0, 200].Sample(HasAnAnswer, iter: Iterations / 10);

    [Fact]
    public void A_pipeline_that_is_written_and_read_again_is_equal() => PipelineGen.Pipelines.Sample(
        pipeline =>
        {
            var again = Files.Pipeline(PipelineText.Write(pipeline));
            Assert.Equal(PipelineText.Content(pipeline), PipelineText.Content(again));
            Assert.All(again.Actions, a => Assert.Equal([a.Image + ":" + a.ImageVersion, .. a.Arguments], ShellWords.Split(a.RunCommand)));
        },
        iter: Math.Max(1, Iterations / 20));

    [Fact]
    public void A_plan_makes_each_job_once_and_after_what_it_needs() => PipelineGen.Requests.Sample(
        request =>
        {
            var plan = JobPlanner.Plan(request.Pipeline, request.Requested, request.Force, new WorkspaceState(request.State));
            if (plan is not JobPlan.Planned { Jobs: var jobs }) return;
            var made = new HashSet<string>(StringComparer.Ordinal);
            foreach (var job in jobs)
            {
                Assert.Equal(job.Action.Needs.Distinct(StringComparer.Ordinal), job.InputsFrom.Select(i => i.Action));
                Assert.Subset(job.InputsFrom.ToHashSet(), job.WaitsFor.ToHashSet());
                foreach (var input in job.InputsFrom)
                {
                    if (input.IsPlanned) Assert.Contains(input.Action, made);
                    else Assert.Equal(request.State[input.Action].JobId, input.ExistingJobId);
                    Assert.Equal(input.IsPlanned || request.State[input.Action].IsActive, job.WaitsFor.Contains(input));
                }

                Assert.True(made.Add(job.Action.Name));
                Assert.False(request.State.TryGetValue(job.Action.Name, out var active) && active.IsActive);
            }
        },
        iter: Math.Max(1, Iterations / 4));

    [Fact]
    public void After_success_there_is_nothing_left_to_do() => PipelineGen.Requests.Sample(
        request =>
        {
            var state = new Dictionary<string, ExistingJob>(StringComparer.Ordinal);
            if (JobPlanner.Plan(request.Pipeline, [Pipeline.RunAll], request.Force, new WorkspaceState(request.State)) is JobPlan.Planned planned)
            {
                foreach (var job in planned.Jobs) state[job.Action.Name] = new ExistingJob("new", ExistingJobState.Succeeded);
            }

            foreach (var (action, job) in request.State) state.TryAdd(action, job with { State = ExistingJobState.Succeeded });
            Assert.IsType<JobPlan.NothingToDo>(JobPlanner.Plan(request.Pipeline, [Pipeline.RunAll], false, new WorkspaceState(state)));
        },
        iter: Math.Max(1, Iterations / 4));

    private static void HasAnAnswer(byte[] bytes)
    {
        var lines = bytes.Count(b => b is (byte)'\n' or (byte)'\r') + 2;
        foreach (var dialect in Enum.GetValues<PipelineDialect>())
        {
            var reading = PipelineReader.Read(bytes, dialect);
            Assert.Equal(reading.IsValid, !reading.Errors.Any());
            foreach (var problem in reading.Problems)
            {
                Assert.InRange(problem.Line, 1, lines);
                Assert.True(problem.Column >= 1);
                Assert.NotEmpty(problem.Hint);
                Assert.DoesNotContain('\n', problem.Message);
                Assert.InRange(problem.Message.Length, 10, 1500);
            }

            if (reading.Drawable is { } pipeline) JobPlanner.Plan(pipeline, [Pipeline.RunAll], true, WorkspaceState.Empty);
        }
    }

    private static string Edit(string text, double where, int kind, string bit, double other)
    {
        var at = (int)(where * (text.Length + 1));
        var to = Math.Min(text.Length, at + 1 + (int)(other * 12));
        return kind switch
        {
            0 or 1 => text.Insert(at, bit),
            2 => text.Remove(at, to - at),
            3 => text.Insert((int)(other * (text.Length + 1)), text[at..to]),
            _ => text[..at] + bit + text[to..],
        };
    }
}

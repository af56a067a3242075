using System.Text;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Tests.Execution;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>What a job prints, from its spool to the Coordinator.</summary>
public sealed class LogTests : AttemptTest
{
    private static readonly Attempt First = new() { JobId = "job1", Fence = 1 };

    private string Directory => Path.Join(Temp.Path, "attempts/job1-1");

    [BubblewrapFact]
    public async Task What_a_job_prints_arrives_byte_for_byte_while_it_runs()
    {
        await StartAgentAsync();
        Rows.Assign(Shell("printf 'a\\000\\377\\033[31m\\r\\n'; while [ ! -e go ]; do sleep 0.05; done; echo end >&2"));

        await Wait.UntilAsync(() => Log() is { Committed: 10 }, "what the job printed so far");
        Assert.Null(Rows.End("job1"));
        Go();
        await CompleteAsync();

        Assert.Equal([(byte)'a', 0, 255, 27, .. "[31m\r\nend\n"u8], Log()!.Bytes);
        Assert.Empty(Log()!.Gaps);
        Assert.Equal(StatusKind.Succeeded, Rows.End("job1")!.Kind);
        Assert.DoesNotContain(Rows.Frames, frame => frame.ToString().Contains("[31m", StringComparison.Ordinal));
    }

    [BubblewrapFact]
    public async Task A_log_that_is_to_stay_at_the_site_stays_there()
    {
        await StartAgentAsync();
        var job = Shell("echo patient 17");
        job.Spec.Log = LogTravel.Unspecified;
        Rows.Assign(job);

        await Wait.UntilAsync(() => Rows.End("job1") is not null && !System.IO.Directory.Exists(Directory), "the job is over and cleaned up");

        Assert.Empty(Rows.Logs);
        Assert.Contains("patient 17", await File.ReadAllTextAsync(Path.Join(Temp.Path, "site/jobs/job1/log-1.txt")), StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task A_cut_stream_and_damaged_bytes_cost_nothing_and_double_nothing()
    {
        await StartAgentAsync();
        Rows.BreakLogAfter = 100_000;
        Rows.DamagedChunks = 2;
        Rows.Assign(Shell("seq 1 100000"));

        await CompleteAsync();

        Assert.Equal(string.Concat(Enumerable.Range(1, 100_000).Select(i => $"{i}\n")), Encoding.UTF8.GetString(Log()!.Bytes));
        Assert.All(Log()!.Sizes, size => Assert.InRange(size, 1, 32 * 1024));
        Assert.Equal(0, Rows.BreakLogAfter);
    }

    [BubblewrapFact]
    public async Task An_agent_that_was_restarted_goes_on_where_the_coordinator_says()
    {
        var agent = await StartAgentAsync();
        Rows.Assign(Shell("echo before; while [ ! -e go ]; do sleep 0.05; done; echo after"));
        await Wait.UntilAsync(() => Log() is { Committed: 7 }, "the first line");

        await agent.StopAsync();
        agent.Dispose();
        Go();
        await StartAgentAsync();
        await CompleteAsync();

        Assert.Equal("before\nafter\n", Encoding.UTF8.GetString(Log()!.Bytes));
    }

    [BubblewrapFact]
    public async Task What_the_site_did_not_keep_is_told_as_a_gap()
    {
        await StartAgentAsync(("Agent:Limits:LogSize", "5000"));
        Rows.Assign(Shell("seq 1 5000"));

        await CompleteAsync();

        Assert.Equal(5000, Log()!.Bytes.Length);
        var gap = Assert.Single(Log()!.Gaps);
        Assert.Equal((5000, 23_893), (gap.From, gap.To));
        Assert.Contains("5000 bytes", gap.Reason, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task One_job_prints_no_more_than_its_slots_share_of_what_all_logs_may_take()
    {
        await StartAgentAsync(("Agent:LogSpoolLimit", "1048576"), ("Agent:StandardSlots", "15"), ("Agent:DatabaseSlots", "1"));
        Rows.Assign(Shell("seq 1 20000"));

        await CompleteAsync();

        Assert.Equal(65_536, Log()!.Bytes.Length);
        Assert.Equal((65_536, 108_894), (Assert.Single(Log()!.Gaps).From, Log()!.Gaps[0].To));
    }

    [BubblewrapFact]
    public async Task Neither_the_result_nor_the_slot_of_a_job_waits_for_its_log_but_its_spool_does()
    {
        var agent = await StartAgentAsync();
        Rows.LogRefusal = LogRefusal.Later;
        Rows.Assign(Shell("echo kept > made.txt; echo a line"));
        await Wait.UntilAsync(() => Rows.End("job1") is not null && !System.IO.Directory.Exists(Path.Join(Directory, "work")), "the job is over, its workspace gone");
        Assert.True(File.Exists(Path.Join(Directory, "run/log")));

        // Also across a restart: the journal has forgotten the attempt as far as the Coordinator is concerned.
        await agent.StopAsync();
        agent.Dispose();
        Rows.LogRefusal = LogRefusal.Unspecified;
        await StartAgentAsync();
        await CompleteAsync();

        Assert.Equal("a line\n", Encoding.UTF8.GetString(Log()!.Bytes));
        await Wait.UntilAsync(() => !System.IO.Directory.Exists(Directory), "the spool is gone");
    }

    [BubblewrapFact]
    public async Task A_coordinator_that_refuses_a_log_is_asked_no_more()
    {
        await StartAgentAsync();
        Rows.LogRefusal = LogRefusal.Policy;
        Rows.Assign(Shell("echo a line"));

        await Wait.UntilAsync(() => Rows.End("job1") is not null && !System.IO.Directory.Exists(Directory), "the attempt is cleaned up");

        Assert.Empty(Log()!.Bytes);
    }

    private TestLog? Log() => Rows.Logs.GetValueOrDefault(First);

    private void Go() => File.WriteAllText(Path.Join(Directory, "work/go"), "");

    private Task CompleteAsync() => Wait.UntilAsync(
        () => Log() is { IsComplete: true } && Rows.End("job1") is not null, $"the whole log; so far {Log()?.Committed} bytes");

    /// <summary>As of an attempt whose log may leave the site.</summary>
    private Assign Shell(string script)
    {
        var assign = Shell(First.JobId, script);
        assign.Spec.Log = LogTravel.Send;
        return assign;
    }
}

using System.Text;
using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Execution;
using JobServer.RunnerAgent.Tests.Execution;
using Microsoft.Extensions.Hosting;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

public sealed class AttemptTests : IAsyncLifetime, IDisposable
{
    private readonly TempDirectory _temp = new();
    private readonly List<IHost> _hosts = [];
    private TestCoordinator _coordinator = null!;

    private CoordinatorRows Rows => _coordinator.Rows;

    public async Task InitializeAsync() => _coordinator = await TestCoordinator.StartAsync();

    [BubblewrapFact]
    public async Task An_action_runs_and_its_moderately_sensitive_outputs_arrive()
    {
        await StartAgentAsync();
        var job = NewJob(
            "job1",
            [("analysis/report.py", "import os,sys\nos.makedirs('output')\nopen('output/t.csv','w').write('a,b\\n1,2\\n')\nopen('output/h.csv','w').write('patient_id\\n1\\n')\nprint('args', sys.argv[1:])")],
            ["python", "analysis/report.py", "--arg", "x y"],
            (PrivacyLevel.ModeratelySensitive, "output/t*.csv"),
            (PrivacyLevel.HighlySensitive, "output/h.csv"));
        Rows.Assign(job);

        var end = await EndAsync("job1");

        Assert.Equal((StatusKind.Succeeded, "Completed successfully"), (end.Kind, end.Message));
        Assert.Equal("a,b\n1,2\n", Uploaded("job1", "output/t.csv"));
        Assert.Equal(
            [StatusKind.Preparing, StatusKind.Executing, StatusKind.Finalizing, StatusKind.Succeeded], Rows.Applied.Select(status => status.Kind));
        var commit = Assert.Single(Rows.Commits);
        Assert.Equal(["", "output/t.csv"], commit.Files.Select(file => file.Path).Order(StringComparer.Ordinal));
        Assert.Single(Rows.Uploads);
        var log = await File.ReadAllTextAsync(Path.Join(_temp.Path, "site/workspaces/my-workspace/metadata/report.log"));
        Assert.Contains("args ['--arg', 'x y']", log, StringComparison.Ordinal);
        Assert.Contains("output/h.csv - highly_sensitive", log, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task Outputs_of_one_action_are_inputs_of_the_next()
    {
        await StartAgentAsync();
        Rows.Assign(Shell("job1", "mkdir -p output; echo first > output/a.txt", (PrivacyLevel.HighlySensitive, "output/*.txt")));
        var first = await EndAsync("job1");

        var second = Shell("job2", "cat output/a.txt > output/b.txt; echo second >> output/b.txt", (PrivacyLevel.ModeratelySensitive, "output/b.txt"));
        second.Spec.Inputs.Add(new InputSpec { Action = "first", JobId = "job1", ManifestDigest = first.ManifestDigest });
        Rows.Assign(second);

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job2")).Kind);
        Assert.Equal("first\nsecond\n", Uploaded("job2", "output/b.txt"));
    }

    [BubblewrapFact]
    public async Task An_input_that_is_not_at_the_site_names_the_action_that_makes_it()
    {
        await StartAgentAsync();
        var job = Shell("job1", "true");
        job.Spec.Inputs.Add(new InputSpec { Action = "extract", JobId = "gone", ManifestDigest = new string('a', 64) });
        Rows.Assign(job);

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.InputMissing, end.Reason);
        Assert.Contains("extract", end.Message, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task An_action_that_fails_keeps_its_files_at_the_site_and_uploads_nothing()
    {
        await StartAgentAsync();
        Rows.Assign(Shell("job1", "echo x > made.txt; exit 3", (PrivacyLevel.ModeratelySensitive, "made.txt")));

        var end = await EndAsync("job1");

        Assert.Equal((FailureReason.NonzeroExit, 3), (end.Reason, end.ExitCode));
        Assert.Empty(Rows.Uploads);
        Assert.Empty(Rows.Commits);
        Assert.Contains("made.txt", await File.ReadAllTextAsync(Path.Join(_temp.Path, "site/jobs/job1/manifest-1.json")), StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task An_output_that_was_not_made_is_told_by_its_pattern_and_other_names_stay_at_the_site()
    {
        await StartAgentAsync();
        Rows.Assign(Shell("job1", "echo x > secret-name.txt", (PrivacyLevel.ModeratelySensitive, "output/*.csv")));

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.UnmatchedPatterns, end.Reason);
        Assert.Contains("output/*.csv", end.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-name", end.Message, StringComparison.Ordinal);
        Assert.Contains("secret-name.txt", await File.ReadAllTextAsync(Path.Join(_temp.Path, "site/jobs/job1/log-1.txt")), StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task A_file_beyond_the_limits_stays_at_the_site_and_the_action_succeeds_with_a_note()
    {
        await StartAgentAsync();
        Rows.Assign(Shell("job1", "echo patient_id > p.csv; echo ok > ok.txt; ln -s /etc/passwd l.txt", (PrivacyLevel.ModeratelySensitive, "*.csv"), (PrivacyLevel.ModeratelySensitive, "*.txt")));

        var end = await EndAsync("job1");

        Assert.Equal(StatusKind.Succeeded, end.Kind);
        Assert.Contains("1 file(s) marked moderately_sensitive were excluded", end.Message, StringComparison.Ordinal);
        Assert.Equal(["ok.txt"], Rows.Uploads.Keys.Select(key => key.Path));
        Assert.Equal(
            OutputDisposition.Excluded, Rows.Commits.Single().Files.Single(file => file.Path == "p.csv").Disposition);
    }

    [BubblewrapFact]
    public async Task An_image_that_is_not_mapped_is_an_ordinary_failure()
    {
        await StartAgentAsync();
        var job = Shell("job1", "true");
        job.Spec.Image = "stata-mp";
        Rows.Assign(job);

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.ImageNotAvailable, end.Reason);
        Assert.Contains("stata-mp:latest", end.Message, StringComparison.Ordinal);
        Assert.Contains("python", end.Message, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task A_cancelled_action_stops_and_says_so()
    {
        await StartAgentAsync();
        var job = Shell("job1", "trap 'exit 0' TERM; while :; do sleep 0.1; done");
        Rows.Assign(job);
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        Rows.Send(new CoordinatorFrame { Cancel = new Cancel { Attempt = job.Attempt, Reason = "by user", GraceMs = 2000 } });

        Assert.Equal(FailureReason.Cancelled, (await EndAsync("job1")).Reason);
        Assert.Contains(Rows.Frames, frame => frame.CancelReply?.Outcome == CancelOutcome.Stopping);
    }

    [BubblewrapFact]
    public async Task An_action_beyond_its_time_limit_is_stopped_by_the_agent()
    {
        await StartAgentAsync();
        var job = Shell("job1", "sleep 60");
        job.Spec.Limits = new LimitsSpec { TimeMs = 500 };
        Rows.Assign(job);

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.TimedOut, end.Reason);
        Assert.Contains("0.5 seconds", end.Message, StringComparison.Ordinal);
    }

    [BubblewrapFact]
    public async Task An_action_that_shows_no_sign_of_life_is_stopped_and_told_why()
    {
        await StartAgentAsync();
        var job = Shell("job1", "echo hello; sleep 60");
        job.Spec.Limits = new LimitsSpec { SilenceMs = 2000 };
        Rows.Assign(job);

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.NoOutput, end.Reason);
        Assert.Equal("The action was stopped: it printed nothing and wrote no file for 2 seconds.", end.Message);
    }

    [BubblewrapTheory]
    [InlineData("echo tick")]
    [InlineData("mkdir -p a/b; echo tick >> a/b/file.txt")]
    public async Task An_action_that_prints_or_writes_a_little_is_left_alone(string sign)
    {
        await StartAgentAsync();
        var job = Shell("job1", $"for i in 1 2 3 4 5 6 7 8 9 10 11 12; do {sign}; sleep 0.5; done");
        job.Spec.Limits = new LimitsSpec { SilenceMs = 3000 };
        Rows.Assign(job);

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
    }

    [BubblewrapFact]
    public async Task A_store_that_does_not_answer_is_asked_again_and_the_job_says_so()
    {
        await StartAgentAsync();
        Rows.FailFetches = 2;
        Rows.Assign(Shell("job1", "true"));

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
        Assert.Equal(
            [
                "Preparing",
                "Preparing the code: retry 2 of 5 because the Coordinator's store did not answer",
                "Preparing the code: retry 3 of 5 because the Coordinator's store did not answer",
            ],
            Rows.Applied.Where(status => status.Kind == StatusKind.Preparing).Select(status => status.Message));
    }

    [BubblewrapFact]
    public async Task A_store_that_never_answers_fails_the_job_with_its_cause()
    {
        await StartAgentAsync();
        Rows.FailFetches = 5;
        Rows.Assign(Shell("job1", "true"));

        var end = await EndAsync("job1");

        Assert.Equal(FailureReason.InternalError, end.Reason);
        Assert.Equal("Preparing the code failed after 5 tries, the last because the Coordinator's store did not answer.", end.Message);
        Assert.Equal(0, Rows.FailFetches);
    }

    [BubblewrapFact]
    public async Task An_upload_that_arrives_damaged_is_sent_again()
    {
        await StartAgentAsync();
        Rows.DamageUploads = 4;
        Rows.Assign(Shell("job1", "echo x > a.txt", (PrivacyLevel.ModeratelySensitive, "a.txt")));

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
        Assert.Equal("x\n", Uploaded("job1", "a.txt"));
        Assert.Equal(
            "Sending outputs: retry 5 of 5 because what was sent arrived damaged",
            Rows.Applied.Last(status => status.Kind == StatusKind.Finalizing).Message);
    }

    [BubblewrapFact]
    public async Task Outputs_that_the_coordinator_refuses_fail_the_job_at_once_with_its_words()
    {
        await StartAgentAsync();
        Rows.RefuseCommits = true;
        Rows.Assign(Shell("job1", "echo x > a.txt", (PrivacyLevel.ModeratelySensitive, "a.txt")));

        var end = await EndAsync("job1");

        Assert.Equal("The Coordinator refused the outputs: a file of this name may not leave", end.Message);
        Assert.Single(Rows.Applied, status => status.Kind == StatusKind.Finalizing);
    }

    [BubblewrapFact]
    public async Task Cut_connections_cost_no_bytes_and_no_reports()
    {
        await StartAgentAsync();
        Rows.BreakFetchAfter = 3000;
        Rows.BreakUploadAfter = 200_000;
        var job = Shell("job1", "cat padding | head -c 5; while [ ! -e go ]; do sleep 0.05; done; head -c 500000 /dev/urandom > big.txt", (PrivacyLevel.ModeratelySensitive, "big.txt"));
        job.Spec.Source = Publish(("padding", string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i * 7919L * i}"))));
        Rows.Assign(job);
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        Rows.CutAll();
        await File.WriteAllTextAsync(Path.Join(_temp.Path, "attempts/job1-1/work/go"), "");
        var end = await EndAsync("job1");

        Assert.Equal(StatusKind.Succeeded, end.Kind);
        Assert.Equal(500_000, Rows.Uploads.Single().Value.Length);
        Assert.Equal(Enumerable.Range(1, 4).Select(i => (long)i), Rows.Applied.Select(status => status.Sequence));
        Assert.True(Rows.Frames.Count(frame => frame.Hello is not null) >= 2);
    }

    [BubblewrapFact]
    public async Task A_job_runs_on_while_its_agent_is_restarted_and_is_not_run_twice()
    {
        var agent = await StartAgentAsync();
        Rows.Assign(Shell("job1", "echo ran >> runs.txt; while [ ! -e go ]; do sleep 0.05; done", (PrivacyLevel.ModeratelySensitive, "runs.txt")));
        await Wait.UntilAsync(() => File.Exists(Path.Join(_temp.Path, "attempts/job1-1/work/runs.txt")), "the action runs");

        await agent.StopAsync();
        agent.Dispose();
        await File.WriteAllTextAsync(Path.Join(_temp.Path, "attempts/job1-1/work/go"), "");
        await StartAgentAsync();

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
        Assert.Equal("ran\n", Uploaded("job1", "runs.txt"));
        await Wait.UntilAsync(() => !Directory.Exists(Path.Join(_temp.Path, "attempts/job1-1")), "the attempt is cleaned up");
    }

    [BubblewrapFact]
    public async Task A_job_runs_on_when_its_agent_is_killed_and_the_next_agent_takes_it_over()
    {
        using (var agent = AgentProgram.Start(_coordinator, _temp.Path))
        {
            await Wait.UntilAsync(() => !Rows.Sessions.IsEmpty, "the agent's program connects");
            Rows.Assign(Shell("job1", "echo ran >> runs.txt; while [ ! -e go ]; do sleep 0.05; done", (PrivacyLevel.ModeratelySensitive, "runs.txt")));
            await Wait.UntilAsync(() => File.Exists(Path.Join(_temp.Path, "attempts/job1-1/work/runs.txt")), "the action runs");
            agent.Kill();
            await agent.WaitForExitAsync();
        }

        await StartAgentAsync();
        await File.WriteAllTextAsync(Path.Join(_temp.Path, "attempts/job1-1/work/go"), "");

        Assert.Equal(StatusKind.Succeeded, (await EndAsync("job1")).Kind);
        Assert.Equal("ran\n", Uploaded("job1", "runs.txt"));
        var adopted = Rows.Frames.Last(frame => frame.Hello is not null).Hello.Inventory.Single();
        Assert.Equal((AttemptState.Running, ProcessState.Alive), (adopted.State, adopted.Process));
    }

    [BubblewrapFact]
    public async Task A_sandbox_that_vanished_is_reported_as_interrupted_and_not_as_failed()
    {
        var agent = await StartAgentAsync();
        Rows.Assign(Shell("job1", "touch up; sleep 60"));
        var directory = new AttemptDirectory(Path.Join(_temp.Path, "attempts/job1-1"));
        await Wait.UntilAsync(() => File.Exists(Path.Join(directory.Work, "up")), "the action runs");
        await agent.StopAsync();
        agent.Dispose();
        System.Diagnostics.Process.GetProcessById(SupervisorFiles.LivingSupervisor(directory)!.Value).Kill();

        await StartAgentAsync();

        Assert.Equal(StatusKind.Interrupted, (await EndAsync("job1")).Kind);
    }

    [BubblewrapFact]
    public async Task The_same_assignment_twice_runs_once()
    {
        await StartAgentAsync();
        var job = Shell("job1", "echo ran >> runs.txt", (PrivacyLevel.ModeratelySensitive, "runs.txt"));
        Rows.Assign(job);
        Rows.Assign(job);
        await EndAsync("job1");
        Rows.Assign(job);

        await Wait.UntilAsync(() => Rows.Frames.Count(frame => frame.AssignReply is not null) == 3, "three answers");

        Assert.All(Rows.Frames.Where(frame => frame.AssignReply is not null), frame => Assert.Equal(AssignDecision.Accepted, frame.AssignReply.Decision));
        Assert.Equal("ran\n", Uploaded("job1", "runs.txt"));
        Assert.Equal(4, Rows.Applied.Count);
    }

    [BubblewrapFact]
    public async Task A_fenced_attempt_is_stopped_and_leaves_nothing()
    {
        await StartAgentAsync();
        var job = Shell("job1", "sleep 60");
        Rows.Assign(job);
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        Rows.Send(new CoordinatorFrame { Fenced = new Fenced { Attempt = job.Attempt, CurrentFence = 2 } });

        await Wait.UntilAsync(() => !Directory.Exists(Path.Join(_temp.Path, "attempts/job1-1")), "the attempt is gone");
        Assert.Null(Rows.End("job1"));
    }

    private async Task<IHost> StartAgentAsync()
    {
        var before = Rows.Frames.Count(frame => frame.Hello is not null);
        var host = await AgentProcess.StartAsync(_coordinator, _temp.Path);
        _hosts.Add(host);
        await Wait.UntilAsync(() => Rows.Frames.Count(frame => frame.Hello is not null) > before && !Rows.Sessions.IsEmpty, "the agent connects");
        return host;
    }

    private async Task<Status> EndAsync(string job)
    {
        await Wait.UntilAsync(() => Rows.End(job) is not null, $"{job} ends; so far: {string.Join("; ", Rows.Applied)}");
        return Rows.End(job)!;
    }

    private Assign Shell(string job, string script, params (PrivacyLevel Level, string Pattern)[] outputs)
    {
        var assign = NewJob(job, [("README.md", "a study")], ["-c", script], outputs);
        assign.Spec.Image = "sh";
        return assign;
    }

    private Assign NewJob(
        string job, (string Path, string Text)[] source, string[] arguments, params (PrivacyLevel Level, string Pattern)[] outputs) => new()
        {
            Attempt = new Attempt { JobId = job, Fence = 1 },
            Spec = new JobSpec
            {
                Kind = JobKind.Standard,
                Workspace = "my-workspace",
                Action = "report",
                Image = "python",
                ImageVersion = "latest",
                RequestIdentifier = "req1",
                Arguments = { arguments },
                Outputs = { outputs.Select(output => new OutputSpec { Level = output.Level, Pattern = output.Pattern }) },
                Source = Publish(source),
            },
        };

    private SourceSpec Publish(params (string Path, string Text)[] files)
    {
        var snapshot = Studies.Snapshot(files);
        Rows.Blobs[Studies.Digest(snapshot)] = snapshot;
        return new SourceSpec { Sha256 = Studies.Digest(snapshot), Size = snapshot.Length, Commit = "abc" };
    }

    private string Uploaded(string job, string path) => Encoding.UTF8.GetString(Rows.Uploads[(job, path)].ToArray());

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            try
            {
                await host.StopAsync();
                host.Dispose();
            }
            catch (ObjectDisposedException)
            {
            }
        }

        await _coordinator.DisposeAsync();
    }

    public void Dispose() => _temp.Dispose();
}

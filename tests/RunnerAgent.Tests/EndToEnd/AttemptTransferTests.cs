using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Tests.Execution;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>What comes and goes over the data connection, when it does not go well.</summary>
public sealed class AttemptTransferTests : AttemptTest
{
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
    public async Task Outputs_that_theCoordinator_refuses_fail_the_job_at_once_with_its_words()
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
        var job = Shell("job1", "cat padding | head -c 5; while [ ! -e go ]; do sleep 0.05; done; head -c 500000 /dev/urandom | base64 -w 76 | head -c 500000 > big.txt", (PrivacyLevel.ModeratelySensitive, "big.txt"));
        job.Spec.Source = Publish(("padding", string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i * 7919L * i}"))));
        Rows.Assign(job);
        await Wait.UntilAsync(() => Rows.Applied.Any(status => status.Kind == StatusKind.Executing), "the action runs");

        Rows.CutAll();
        await File.WriteAllTextAsync(Path.Join(Temp.Path, "attempts/job1-1/work/go"), "");
        var end = await EndAsync("job1");

        Assert.Equal(StatusKind.Succeeded, end.Kind);
        Assert.Equal(500_000, Rows.Uploads.Single().Value.Length);
        Assert.Equal(Enumerable.Range(1, 4).Select(i => (long)i), Rows.Applied.Select(status => status.Sequence));
        Assert.True(Rows.Frames.Count(frame => frame.Hello is not null) >= 2);
    }
}

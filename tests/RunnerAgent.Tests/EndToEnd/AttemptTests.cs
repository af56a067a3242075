using JobServer.Contracts.V1;
using JobServer.RunnerAgent.Tests.Execution;

namespace JobServer.RunnerAgent.Tests.EndToEnd;

/// <summary>What becomes of an action and its files.</summary>
public sealed class AttemptTests : AttemptTest
{
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
        var log = await File.ReadAllTextAsync(Path.Join(Temp.Path, "site/workspaces/my-workspace/metadata/report.log"));
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
        Assert.Contains("made.txt", await File.ReadAllTextAsync(Path.Join(Temp.Path, "site/jobs/job1/manifest-1.json")), StringComparison.Ordinal);
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
        Assert.Contains("secret-name.txt", await File.ReadAllTextAsync(Path.Join(Temp.Path, "site/jobs/job1/log-1.txt")), StringComparison.Ordinal);
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
    public async Task What_the_disclosure_rules_found_is_told_with_its_place_and_without_the_number()
    {
        await StartAgentAsync();
        var job = Shell("job1", "printf 'group,count\\nwomen,120\\nmen,3\\n' > t.csv", (PrivacyLevel.ModeratelySensitive, "*.csv"));
        job.Spec.DisclosureProfile = "datashield";
        Rows.Assign(job);
        var strict = Shell("job2", "printf 'group,count\\nwomen,120\\nmen,3\\n' > t.csv", (PrivacyLevel.ModeratelySensitive, "*.csv"));
        Rows.Assign(strict);

        await EndAsync("job1");
        await EndAsync("job2");

        var lenient = Rows.Commits.Single(commit => commit.Attempt.JobId == "job1").Files.Single();
        Assert.Equal("datashield 2026.1", lenient.CheckedWith);
        Assert.Empty(lenient.Findings);
        var file = Rows.Commits.Single(commit => commit.Attempt.JobId == "job2").Files.Single();
        Assert.Equal(("strict 2026.1", OutputDisposition.Uploaded), (file.CheckedWith, file.Disposition));
        var found = file.Findings.First();
        Assert.Equal(("N1", FindingSeverity.Fail, 3, 2), (found.Rule, found.Severity, found.Row, found.Column));
        Assert.DoesNotContain("3", found.Message, StringComparison.Ordinal);
        Assert.Contains("t.csv: row 3, column 2: a count below 10 (N1)", await File.ReadAllTextAsync(Path.Join(Temp.Path, "site/jobs/job2/log-1.txt")), StringComparison.Ordinal);
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
}

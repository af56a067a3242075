using JobServer.Coordinator.Commands;
using JobServer.Domain.Agents;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace JobServer.Coordinator.Tests.Commands;

/// <summary>What an operator can do on the Coordinator's own command line, with no Coordinator running.</summary>
public sealed class CommandTests : SiteTest
{
    private TestStudy _study = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        await Site.OpenSessionAsync(_study.Backend, "agent-000001");
        await Site.OpenSessionAsync(_study.Backend, "agent-000002");
    }

    [Theory]
    [InlineData("agents list", true)]
    [InlineData("--help", true)]
    [InlineData("nonsense", true)]
    [InlineData("", false)]
    [InlineData("--Coordinator:Listen=http://127.0.0.1:1", false)]
    [InlineData("Coordinator:Listen=http://127.0.0.1:1", false)]
    [InlineData("/Coordinator:Listen http://127.0.0.1:1", false)]
    public void Without_a_command_the_program_serves(string line, bool isCommand) =>
        Assert.Equal(isCommand, CoordinatorCommand.IsCommand(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData("pause", AgentMode.Paused, "paused")]
    [InlineData("drain", AgentMode.Draining, "draining")]
    [InlineData("revoke", AgentMode.Revoked, "revoked")]
    public async Task An_agent_is_set_and_the_act_is_on_record(string verb, AgentMode mode, string word)
    {
        var before = await AgentAsync();

        Assert.Equal((0, $"The agent agent-000001 is {word} now.\n", ""), await RunAsync("agents", verb, "agent-000001"));

        var after = await AgentAsync();
        Assert.Equal((mode, before.DesiredRevision + 1), (after.Mode, after.DesiredRevision));
        var entry = await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((AuditAct.AgentModeChanged, "agent:agent-000001", null), (entry.Act, entry.Subject, entry.ActorId));
        Assert.Contains($"\"to\":\"{mode}\"", entry.Details);
        Assert.Equal(AgentMode.Active, (await AgentAsync("agent-000002")).Mode);
    }

    [Fact]
    public async Task What_is_so_already_is_said_and_not_written_again()
    {
        await RunAsync("agents", "pause", "agent-000001");
        var before = await AgentAsync();

        Assert.Equal((0, "The agent agent-000001 is paused already.\n", ""), await RunAsync("agents", "pause", "agent-000001"));

        Assert.Equal(before.DesiredRevision, (await AgentAsync()).DesiredRevision);
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync()));
    }

    [Fact]
    public async Task A_drain_may_have_a_deadline_which_a_resume_takes_away()
    {
        var (status, said, _) = await RunAsync("agents", "drain", "--deadline", "30m", "agent-000001");

        Assert.Equal(0, status);
        Assert.Contains("is draining now; what still runs at ", said);
        var row = await AgentAsync();
        Assert.InRange(row.DrainDeadline!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));

        Assert.Equal(0, (await RunAsync("agents", "resume", "agent-000001")).Status);
        row = await AgentAsync();
        Assert.Equal((AgentMode.Active, null, null), (row.Mode, row.DrainDeadline, row.AttemptsLeft));
    }

    [Fact]
    public async Task A_revoked_agent_stays_revoked()
    {
        await RunAsync("agents", "revoke", "agent-000001");

        var (status, _, error) = await RunAsync("agents", "resume", "agent-000001");

        Assert.Equal(1, status);
        Assert.Contains("empty state directory", error);
        Assert.Equal(AgentMode.Revoked, (await AgentAsync()).Mode);
    }

    [Theory]
    [InlineData("pause", BackendMode.Paused)]
    [InlineData("drain", BackendMode.Draining)]
    [InlineData("maintenance", BackendMode.DatabaseMaintenance)]
    public async Task A_backend_is_set_with_words_for_people_and_its_agents_are_told(string verb, BackendMode mode)
    {
        var before = await AgentAsync();

        Assert.Equal(0, (await RunAsync("backends", verb, _study.Backend.Slug, "--message", "Back at noon")).Status);

        var backend = await Site.Database.ReadAsync(db => db.Backends.SingleAsync());
        Assert.Equal((mode, "Back at noon"), (backend.Mode, backend.ModeMessage));
        Assert.Equal(before.DesiredRevision + 1, (await AgentAsync()).DesiredRevision);
        Assert.Equal(AuditAct.BackendModeChanged, (await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync())).Act);

        await RunAsync("backends", "resume", _study.Backend.Slug);
        backend = await Site.Database.ReadAsync(db => db.Backends.SingleAsync());
        Assert.Equal((BackendMode.Active, ""), (backend.Mode, backend.ModeMessage));
    }

    [Fact]
    public async Task A_wrong_name_says_which_there_are()
    {
        Assert.Equal((1, "", "There is no agent agent-9. There are: agent-000001, agent-000002.\n"), await RunAsync("agents", "pause", "agent-9"));
        Assert.Equal((1, "", $"There is no backend nowhere. There are: {_study.Backend.Slug}.\n"), await RunAsync("backends", "pause", "nowhere"));
    }

    [Fact]
    public async Task Lists_are_plain_tables()
    {
        await RunAsync("agents", "pause", "agent-000002");

        var (_, agents, _) = await RunAsync("agents", "list");
        var (_, backends, _) = await RunAsync("backends", "list");

        var lines = agents.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["ID", "BACKEND", "NAME", "MODE", "JOBS", "LEFT", "LAST", "SEEN"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["agent-000001", _study.Backend.Slug, "agent-000001", "active", "0", "-"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..6]);
        Assert.Contains("paused", lines[2]);
        Assert.Contains(_study.Backend.Slug, backends);
    }

    [Theory]
    [InlineData("agents pause")]
    [InlineData("agents drain agent-000001 --deadline soon")]
    [InlineData("agents drain agent-000001 --deadline 9999d")]
    [InlineData("agents destroy agent-000001")]
    [InlineData("agents list --setting nonsense")]
    [InlineData("nonsense")]
    public async Task What_makes_no_sense_is_refused_and_changes_nothing(string line)
    {
        var (status, _, error) = await RunAsync(line.Split(' '));

        Assert.Equal(2, status);
        Assert.NotEmpty(error);
        Assert.Equal(AgentMode.Active, (await AgentAsync()).Mode);
    }

    [Fact]
    public async Task Where_there_is_no_database_none_is_made()
    {
        var path = Path.Combine(Site.Database.Folder, "other.db");

        var (status, _, error) = await RunAsync("agents", "list", "--setting", $"Database:ConnectionString=Data Source={path}");

        Assert.Equal(2, status);
        Assert.Contains("Start the Coordinator once", error);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("Audit:Key=", "Key")]
    [InlineData("Database:Provider=Oracle", "Database:Provider must be one of Sqlite, SqlServer")]
    public async Task A_wrong_setting_is_named_and_nothing_is_changed(string setting, string named)
    {
        var (status, _, error) = await RunAsync("agents", "pause", "agent-000001", "--setting", setting);

        Assert.Equal(2, status);
        Assert.Contains(named, error);
        Assert.Equal(AgentMode.Active, (await AgentAsync()).Mode);
    }

    private async Task<(int Status, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var status = await CoordinatorCommand.RunAsync(args, output, errors, configuration => configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = Site.Database.ConnectionString,
            ["Blobs:Directory"] = Path.Combine(Site.Database.Folder, "blobs"),
            ["Audit:Key"] = "a key that only tests use",
        }));
        return (status, output.ToString(), errors.ToString());
    }

    private Task<Agent> AgentAsync(string id = "agent-000001") => Site.Database.ReadAsync(db => db.Agents.AsNoTracking().SingleAsync(agent => agent.Id == id));
}

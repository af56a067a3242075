using JobServer.Data.Notifications;
using JobServer.Data.Writing;
using JobServer.Domain.Access;
using JobServer.Domain.Notifications;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Notifications;

public sealed class BackendNoticesTests : SiteTest
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(5);

    private TestStudy _study = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _study = await Site.CreateStudyAsync();
        await Site.Database.AddAsync(new User
        {
            Login = "core-developer",
            FullName = "Core Developer",
            Email = "core@example.org",
            CreatedAt = Site.Now,
            Roles = { new UserRole { Role = Role.CoreDeveloper } },
        });
        await SeeAsync();
    }

    [Fact]
    public async Task A_backend_that_falls_silent_is_told_of_once_and_so_is_its_return()
    {
        var notices = New();
        await notices.RunOnceAsync(Silence, None);
        Assert.Empty(await MessagesAsync());

        Site.Clock.Advance(Silence + TimeSpan.FromSeconds(1));
        await notices.RunOnceAsync(Silence, None);
        await notices.RunOnceAsync(Silence, None);
        var silent = Assert.Single(await MessagesAsync());
        Assert.Equal((MessageTemplate.BackendSilent, "core@example.org"), (silent.Template, silent.Recipient));

        await SeeAsync();
        await notices.RunOnceAsync(Silence, None);
        await notices.RunOnceAsync(Silence, None);
        Assert.Equal([MessageTemplate.BackendSilent, MessageTemplate.BackendBack], (await MessagesAsync()).Select(message => message.Template));
    }

    [Fact]
    public async Task A_restart_and_a_second_coordinator_tell_nothing_twice()
    {
        Site.Clock.Advance(Silence + TimeSpan.FromSeconds(1));
        await New().RunOnceAsync(Silence, None);

        await New().RunOnceAsync(Silence, None);

        Assert.Single(await MessagesAsync());
    }

    [Fact]
    public async Task A_backend_that_was_never_heard_is_not_silent()
    {
        await Site.Database.WriteAsync((db, token) => db.Backends.ExecuteUpdateAsync(
            set => set.SetProperty(backend => backend.LastSeenAt, (DateTimeOffset?)null), token));
        Site.Clock.Advance(Silence + TimeSpan.FromSeconds(1));

        await New().RunOnceAsync(Silence, None);

        Assert.Empty(await MessagesAsync());
    }

    /// <summary>As a process that was just started has it.</summary>
    private BackendNotices New() => new(Site.Get<IDbContextFactory<JobServerDb>>(), Site.Get<DatabaseWriter>(), Site.Clock);

    private Task SeeAsync()
    {
        DateTimeOffset? now = Site.Now;
        return Site.Database.WriteAsync((db, token) => db.Backends.Where(backend => backend.Id == _study.Backend.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(backend => backend.LastSeenAt, now), token));
    }

    private Task<List<OutboxMessage>> MessagesAsync() => Site.Database.ReadAsync(db => db.OutboxMessages.AsNoTracking().OrderBy(message => message.Id).ToListAsync());
}

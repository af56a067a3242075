using JobServer.Data.Agents;
using JobServer.Data.Backends;
using JobServer.Domain.Audit;
using JobServer.Domain.Backends;
using JobServer.Domain.Users;
using JobServer.TestCommon;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace JobServer.Data.Tests.Backends;

public sealed class BackendTokenWritesTests : SiteTest
{
    private Backend _backend = null!;
    private User _admin = null!;

    private BackendTokenWrites Tokens => Site.Get<BackendTokenWrites>();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _backend = await Site.CreateBackendAsync();
        _admin = await Site.CreateUserAsync();
    }

    [Fact]
    public async Task A_new_token_opens_its_backend_and_its_text_is_kept_nowhere()
    {
        var made = (await Tokens.CreateAsync(_backend.Id, "vm-7", _admin.Id, None))!;

        Assert.Equal(_backend.Id, await Site.Get<AgentSessions>().BackendOfTokenAsync(made.Secret, None));
        var row = await Site.Database.ReadAsync(db => db.BackendTokens.SingleAsync());
        Assert.EndsWith(row.Ending, made.Secret);
        Assert.NotEqual(made.Secret, row.Hash);
        var entry = await Site.Database.ReadAsync(db => db.AuditEntries.SingleAsync());
        Assert.Equal((AuditAct.TokenCreated, (int?)_admin.Id), (entry.Act, entry.ActorId));
        Assert.DoesNotContain(made.Secret, entry.Details);
        Assert.DoesNotContain(made.Secret, made.ToString());
    }

    [Fact]
    public async Task Both_tokens_work_while_they_overlap_and_then_the_new_one_alone()
    {
        var former = (await Tokens.CreateAsync(_backend.Id, "vm-7", _admin.Id, None))!;
        var id = await IdAsync();

        var made = (await Tokens.RotateAsync(_backend.Id, id, TimeSpan.FromHours(1), _admin.Id, None))!;

        Assert.True(await OpensAsync(former));
        Assert.True(await OpensAsync(made));
        Site.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.False(await OpensAsync(former));
        Assert.True(await OpensAsync(made));
    }

    [Fact]
    public async Task A_rotation_never_lengthens_the_life_of_the_former_token()
    {
        var former = (await Tokens.CreateAsync(_backend.Id, "vm-7", _admin.Id, None))!;
        var id = await IdAsync();
        await Tokens.RotateAsync(_backend.Id, id, TimeSpan.FromHours(1), _admin.Id, None);

        await Tokens.RotateAsync(_backend.Id, id, TimeSpan.FromDays(7), _admin.Id, None);

        Site.Clock.Advance(TimeSpan.FromHours(2));
        Assert.False(await OpensAsync(former));
    }

    [Fact]
    public async Task A_rotation_without_overlap_revokes_the_former_token()
    {
        var former = (await Tokens.CreateAsync(_backend.Id, "vm-7", _admin.Id, None))!;

        Assert.NotNull(await Tokens.RotateAsync(_backend.Id, await IdAsync(), TimeSpan.Zero, _admin.Id, None));

        Assert.False(await OpensAsync(former));
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditAct.TokenRevoked)));
    }

    [Fact]
    public async Task A_revoked_token_is_revoked_once_and_not_rotated()
    {
        await Tokens.CreateAsync(_backend.Id, "vm-7", _admin.Id, None);
        var id = await IdAsync();

        Assert.True(await Tokens.RevokeAsync(_backend.Id, id, _admin.Id, None));
        Assert.False(await Tokens.RevokeAsync(_backend.Id, id, _admin.Id, None));
        Assert.Null(await Tokens.RotateAsync(_backend.Id, id, TimeSpan.FromHours(1), _admin.Id, None));
        Assert.Equal(1, await Site.Database.ReadAsync(db => db.BackendTokens.CountAsync()));
    }

    [Fact]
    public async Task The_address_of_another_backend_reaches_no_token()
    {
        var other = await Site.CreateBackendAsync();
        var made = (await Tokens.CreateAsync(_backend.Id, "vm-7", _admin.Id, None))!;
        var id = await IdAsync();

        Assert.False(await Tokens.RevokeAsync(other.Id, id, _admin.Id, None));
        Assert.Null(await Tokens.RotateAsync(other.Id, id, TimeSpan.Zero, _admin.Id, None));
        Assert.True(await OpensAsync(made));
    }

    private Task<int> IdAsync() => Site.Database.ReadAsync(db => db.BackendTokens.OrderBy(row => row.Id).Select(row => row.Id).FirstAsync());

    private async Task<bool> OpensAsync(NewToken token) => await Site.Get<AgentSessions>().BackendOfTokenAsync(token.Secret, None) is not null;
}

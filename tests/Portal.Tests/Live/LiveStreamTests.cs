using System.Net;
using JobServer.Portal.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JobServer.Portal.Tests.Live;

public sealed class LiveStreamTests
{
    private static readonly ChangeKey Key = new("thing", "1");
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private long _revision = 1;
    private bool _final;
    private bool _gone;
    private int _drawn;

    [Fact]
    public async Task A_change_reaches_an_open_page_with_its_revision_as_id()
    {
        await using var site = await StartAsync();
        using var events = await EventsAsync(site, "/live?since=1");

        _revision = 2;
        site.Services.GetRequiredService<ChangeHub>().Publish(Key);

        Assert.Equal("id: 2|event: changed|data: <p>2</p>|data: second line", await NextAsync(events));
    }

    [Fact]
    public async Task A_change_that_nobody_announced_is_found_by_looking_each_second()
    {
        await using var site = await StartAsync();
        using var events = await EventsAsync(site, "/live?since=1");

        _revision = 2;

        Assert.StartsWith("id: 2|event: changed", await NextAsync(events));
    }

    [Fact]
    public async Task A_signal_without_a_change_draws_nothing()
    {
        await using var site = await StartAsync();
        using var events = await EventsAsync(site, "/live?since=1");
        for (var i = 0; i < 100; i++)
            site.Services.GetRequiredService<ChangeHub>().Publish(Key);

        _revision = 2;
        _final = true;

        Assert.StartsWith("id: 2|event: changed", await NextAsync(events));
        Assert.Equal(1, _drawn);
    }

    [Fact]
    public async Task The_stream_says_goodbye_when_nothing_more_will_change()
    {
        _final = true;
        await using var site = await StartAsync();
        using var events = await EventsAsync(site, "/live?since=0");

        Assert.StartsWith("id: 1|event: changed", await NextAsync(events));
        Assert.StartsWith("id: 1|event: done", await NextAsync(events));
        Assert.Null(await events.ReadLineAsync().WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_thing_that_is_gone_ends_the_stream()
    {
        _gone = true;
        await using var site = await StartAsync();
        using var events = await EventsAsync(site, "/live?since=1");

        Assert.StartsWith("id: 1|event: done", await NextAsync(events));
    }

    [Fact]
    public async Task No_more_pages_are_live_than_the_settings_allow()
    {
        await using var site = await StartAsync();
        using (await EventsAsync(site, "/live?since=1"))
        using (await EventsAsync(site, "/live?since=1"))
        {
            var third = await site.NewBrowser().GetAsync("/live?since=1");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, third.StatusCode);
            Assert.NotNull(third.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task Nobody_alone_takes_the_live_pages_of_all()
    {
        await using var site = await StartAsync(("Portal:MaxLiveConnections", "3"), ("Portal:MaxLiveConnectionsOfOne", "1"));
        var person = await site.SignInAsync(await site.Data.CreateUserAsync());
        using (await EventsAsync(site, "/live?since=1"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await site.NewBrowser().GetAsync("/live?since=1")).StatusCode);

            using var other = await person.GetAsync("/live?since=1");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        await Until.TrueAsync(() => site.Services.GetRequiredService<LiveConnections>().Open == 0);
        using var again = await EventsAsync(site, "/live?since=1");
    }

    [Fact]
    public async Task A_visitor_who_leaves_is_forgotten()
    {
        await using var site = await StartAsync();
        var connections = site.Services.GetRequiredService<LiveConnections>();
        var events = await EventsAsync(site, "/live?since=1");
        Assert.Equal(1, connections.Open);

        events.Dispose();

        await Until.TrueAsync(() => connections.Open == 0);
        Assert.Equal(0, site.Services.GetRequiredService<ChangeHub>().WatchedThings);
    }

    private Task<PortalSite> StartAsync(params IReadOnlyList<(string Name, string Value)> settings) => PortalSite.StartAsync(
        settings.Prepend(("Portal:MaxLiveConnections", "2")).GroupBy(setting => setting.Item1).ToDictionary(setting => setting.Key, string? (setting) => setting.Last().Item2),
        map: app => app.MapGet("/live", (HttpContext context, LiveStream live) => live.ServeAsync(context, new LiveView
        {
            Keys = [Key],
            ReadAsync = _ => Task.FromResult<LiveRevision?>(_gone ? null : new LiveRevision(_revision, _final)),
            RenderAsync = _ =>
            {
                _drawn++;
                return Task.FromResult($"<p>{_revision}</p>\r\nsecond line");
            },
        })));

    private static async Task<StreamReader> EventsAsync(PortalSite site, string address)
    {
        var response = await site.NewBrowser().GetAsync(address);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, its lines joined by a bar; comments are passed over.</summary>
    private static async Task<string> NextAsync(StreamReader events)
    {
        var lines = new List<string>();
        while (await events.ReadLineAsync().WaitAsync(Deadline) is { } line)
        {
            if (line.Length == 0 && lines.Count > 0)
                return string.Join('|', lines);
            if (line.Length > 0 && !line.StartsWith(':'))
                lines.Add(line);
        }

        throw new InvalidOperationException("The stream ended.");
    }
}

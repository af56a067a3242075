using JobServer.RunnerAgent.Connection;

namespace JobServer.RunnerAgent.Tests.Connection;

public sealed class BackOffTests
{
    [Fact]
    public void Waits_grow_from_half_a_second_to_thirty_and_stay_within_their_ceiling()
    {
        var backOff = new BackOff(new SeededAgentRandom(1));
        var ceilings = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var ceiling = backOff.Ceiling;
            ceilings.Add(ceiling.TotalSeconds);
            Assert.InRange(backOff.Next(), TimeSpan.Zero, ceiling);
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 30, 30, 30], ceilings);
    }

    [Fact]
    public void Only_a_link_that_lived_a_minute_starts_the_waits_again()
    {
        var backOff = new BackOff(new SeededAgentRandom(1));
        backOff.Next();
        backOff.Next();

        backOff.Ended(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(2), backOff.Ceiling);

        backOff.Ended(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.FromSeconds(0.5), backOff.Ceiling);
    }

    [Fact]
    public void Agents_spread_out()
    {
        var waits = Enumerable.Range(0, 200).Select(seed => new BackOff(new SeededAgentRandom(seed)).Next().TotalSeconds).ToList();

        Assert.True(waits.Distinct().Count() > 190);
        Assert.InRange(waits.Average(), 0.2, 0.3);
    }

    [Fact]
    public void A_revoked_agent_stops_asking_soon()
    {
        var revoked = new SessionEnd(SessionEndKind.Revoked, "", TimeSpan.Zero, TimeSpan.FromSeconds(1));

        Assert.InRange(AgentConnector.Wait(revoked, new BackOff(new SeededAgentRandom(1))), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public void The_coordinators_wish_is_kept_when_it_is_longer()
    {
        var asked = new SessionEnd(SessionEndKind.GoAway, "", TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var wrongToken = new SessionEnd(SessionEndKind.NotAuthenticated, "", TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(5), AgentConnector.Wait(asked, new BackOff(new SeededAgentRandom(1))));
        Assert.InRange(AgentConnector.Wait(wrongToken, new BackOff(new SeededAgentRandom(1))), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
    }
}

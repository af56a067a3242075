using JobServer.Contracts.V1;
using JobServer.Coordinator.Agents;
using JobServer.Coordinator.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobServer.Coordinator.Tests.Agents;

public sealed class UnknownFrameTests : CoordinatorTest
{
    [Fact]
    public async Task Frames_of_an_unknown_kind_are_named_once_for_each_session()
    {
        var log = new Lines();
        var frames = ActivatorUtilities.CreateInstance<FrameHandler>(Coordinator.Get<IServiceProvider>(), log);
        var session = Session(epoch: 1);

        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await frames.HandleAsync(session, new AgentFrame(), None));
        }

        Assert.Equal([1008], log.Events);
        await frames.HandleAsync(Session(epoch: 2), new AgentFrame(), None);
        Assert.Equal([1008, 1008], log.Events);
    }

    private AgentSession Session(long epoch) => new()
    {
        AgentId = "agent-000001",
        BackendId = Study.Backend.Id,
        TokenHash = "",
        Epoch = epoch,
        MayAssign = true,
    };

    private sealed class Lines : ILogger<FrameHandler>
    {
        public List<int> Events { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Events.Add(eventId.Id);
    }
}

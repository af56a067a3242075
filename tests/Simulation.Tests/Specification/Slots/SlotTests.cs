using JobServer.Simulation.Tests.Specification.Checking;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Specification.Slots;

public sealed class SlotTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_requirement_holds_in_every_state_of_slots_and_credits() => output.Proves(SlotMachine.Create());

    [Theory]
    [InlineData("CreditsAlone", "I14")]
    [InlineData("CountedBeforeTheClaim", "I14")]
    [InlineData("ThisSessionAlone", "I14")]
    [InlineData("KindsTogether", "I14")]
    [InlineData("ReAdoptsWithoutRoom", "I14")]
    [InlineData("OldSessionClaims", "I16")]
    public void A_deliberate_bug_is_caught(string bug, string requirement) =>
        output.Catches(SlotMachine.Create(Enum.Parse<SlotBug>(bug)), bug, requirement);
}

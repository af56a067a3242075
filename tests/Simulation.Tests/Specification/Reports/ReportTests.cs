using JobServer.Simulation.Tests.Specification.Checking;
using JobServer.Simulation.Tests.Specification.Store;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Specification.Reports;

public sealed class ReportTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_requirement_holds_in_every_state_of_sessions_and_reports() => output.Proves(ReportMachine.Create());

    [Theory]
    [InlineData("AckNotCumulative", "I5")]
    [InlineData("WriteWithoutCompareAndSet", "I6")]
    [InlineData("SessionCheckedOnRead", "I16")]
    [InlineData("SentBeforeJournal", "I6")]
    public void A_deliberate_bug_of_the_protocol_is_caught(string bug, string requirement) =>
        output.Catches(ReportMachine.Create(Enum.Parse<ReportBug>(bug)), bug, requirement);

    [Theory]
    [InlineData("ReportSession", "I16")]
    [InlineData("RenewSession", "I16")]
    [InlineData("ReportGap", "I6")]
    [InlineData("ReportRepeat", "I6")]
    [InlineData("ReportFence", "I3")]
    [InlineData("ReportHolder", "I3")]
    [InlineData("ReportAfterEnd", "I4")]
    [InlineData("ClaimRestartsSequence", "I6")]
    public void A_write_of_the_store_that_lacks_a_guard_is_caught(string guard, string requirement) =>
        output.Catches(ReportMachine.Create(removed: Enum.Parse<Guard>(guard)), "without " + guard, requirement);
}

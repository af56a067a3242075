using JobServer.Simulation.Tests.Specification.Checking;
using JobServer.Simulation.Tests.Specification.Store;
using Xunit.Abstractions;

namespace JobServer.Simulation.Tests.Specification.Attempts;

public sealed class AttemptTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_requirement_holds_in_every_state_when_agents_keep_running_and_only_the_fence_decides() =>
        output.Proves(AttemptMachine.Create(isStrict: false));

    [Fact]
    public void Two_processes_of_a_job_never_run_at_once_when_agents_stop_at_their_own_deadline() =>
        output.Proves(AttemptMachine.Create(isStrict: true));

    [Theory]
    [InlineData("AckBeforeCommit", "I5", false)]
    [InlineData("NoJournal", "I7", false)]
    [InlineData("JournalAfterStart", "I7", false)]
    [InlineData("JournalAfterStart", "I8", false)]
    [InlineData("LateStart", "I8", false)]
    [InlineData("LateStart", "I9", true)]
    [InlineData("ExpiryWithoutMargin", "I9", true)]
    [InlineData("LeaseOnlyInMemory", "I9", true)]
    [InlineData("CancelOnlyInMemory", "I10", false)]
    [InlineData("NoAckDeadline", "I18", false)]
    public void A_deliberate_bug_of_the_protocol_is_caught(string bug, string requirement, bool isStrict) =>
        output.Catches(AttemptMachine.Create(isStrict, Enum.Parse<AttemptBug>(bug)), bug, requirement);

    [Theory]
    [InlineData("ReportFence", "I3", false)]
    [InlineData("ReportHolder", "I3", false)]
    [InlineData("ReportAfterEnd", "I4", false)]
    [InlineData("ClaimRaisesFence", "I2", false)]
    [InlineData("ClaimCompareAndSet", "I1", false)]
    [InlineData("ClaimCompareAndSet", "I9", true)]
    [InlineData("LossIsNoFailure", "I11", false)]
    [InlineData("LossKeepsCancel", "I10", false)]
    [InlineData("CancelQueuedAtOnce", "I10", false)]
    [InlineData("ReAdoptFence", "P4", false)]
    [InlineData("ReAdoptFreeOnly", "I1", false)]
    public void A_write_of_the_store_that_lacks_a_guard_is_caught(string guard, string requirement, bool isStrict) =>
        output.Catches(AttemptMachine.Create(isStrict, removed: Enum.Parse<Guard>(guard)), "without " + guard, requirement);
}

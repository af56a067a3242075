using JobServer.Domain.Applications;
using Xunit;
using static JobServer.Domain.Applications.ApplicationStatus;

namespace JobServer.Domain.Tests.Applications;

public sealed class ApplicationLifeTests
{
    [Fact]
    public void Each_act_is_possible_in_these_statuses_and_no_others()
    {
        var expected = new Dictionary<(ApplicationStatus, ApplicationAct), ApplicationStatus>
        {
            [(Ongoing, ApplicationAct.Submit)] = Submitted,
            [(Deferred, ApplicationAct.Submit)] = Submitted,
            [(ApprovedSubjectTo, ApplicationAct.Submit)] = Submitted,
            [(Submitted, ApplicationAct.Defer)] = Deferred,
            [(ApprovedSubjectTo, ApplicationAct.Defer)] = Deferred,
            [(Rejected, ApplicationAct.Defer)] = Deferred,
            [(Submitted, ApplicationAct.ApproveSubjectTo)] = ApprovedSubjectTo,
            [(Deferred, ApplicationAct.ApproveSubjectTo)] = ApprovedSubjectTo,
            [(Submitted, ApplicationAct.ApproveFully)] = ApprovedFully,
            [(Deferred, ApplicationAct.ApproveFully)] = ApprovedFully,
            [(ApprovedSubjectTo, ApplicationAct.ApproveFully)] = ApprovedFully,
            [(Submitted, ApplicationAct.Reject)] = Rejected,
            [(Deferred, ApplicationAct.Reject)] = Rejected,
            [(ApprovedSubjectTo, ApplicationAct.Reject)] = Rejected,
            [(ApprovedFully, ApplicationAct.Complete)] = Completed,
        };

        foreach (var status in Enum.GetValues<ApplicationStatus>())
        {
            foreach (var act in Enum.GetValues<ApplicationAct>())
            {
                Assert.Equal(
                    (status, act, expected.TryGetValue((status, act), out var next) ? next : null),
                    (status, act, status.After(act)));
            }
        }
    }

    [Fact]
    public void What_can_be_changed_can_be_submitted() => Assert.All(
        Enum.GetValues<ApplicationStatus>(), status => Assert.Equal(status.IsEditable(), status.After(ApplicationAct.Submit) is not null));

    [Fact]
    public void What_made_a_project_cannot_be_deleted() =>
        Assert.Equal([ApprovedFully, Completed], Enum.GetValues<ApplicationStatus>().Except(ApplicationLife.Deletable));

    [Fact]
    public void An_approved_application_reads_as_the_guide_says() => Assert.Equal("Approved Fully", ApprovedFully.Name());
}

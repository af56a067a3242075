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
            [(Completed, ApplicationAct.Resume)] = ApprovedFully,
            [(Deferred, ApplicationAct.TakeUp)] = Submitted,
            [(ApprovedSubjectTo, ApplicationAct.TakeUp)] = Submitted,
            [(Rejected, ApplicationAct.TakeUp)] = Submitted,
            [(Submitted, ApplicationAct.Reopen)] = Ongoing,
            [(Deferred, ApplicationAct.Reopen)] = Ongoing,
            [(ApprovedSubjectTo, ApplicationAct.Reopen)] = Ongoing,
            [(Rejected, ApplicationAct.Reopen)] = Ongoing,
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

    [Theory]
    [InlineData(Ongoing)]
    [InlineData(Submitted, Ongoing, Deferred, ApprovedSubjectTo, ApprovedFully, Rejected)]
    [InlineData(Deferred, Ongoing, Submitted, ApprovedSubjectTo, ApprovedFully, Rejected)]
    [InlineData(ApprovedSubjectTo, Ongoing, Submitted, Deferred, ApprovedFully, Rejected)]
    [InlineData(ApprovedFully, Completed)]
    [InlineData(Rejected, Ongoing, Submitted, Deferred)]
    [InlineData(Completed, ApprovedFully)]
    public void An_admin_can_set_these_statuses_and_no_others(ApplicationStatus from, params ApplicationStatus[] targets) =>
        Assert.Equal(targets, Enum.GetValues<ApplicationStatus>().Where(target => from.ActTo(target) is not null));

    [Fact]
    public void A_status_is_set_by_one_act_of_an_admin_at_most()
    {
        foreach (var (from, to) in from one in Enum.GetValues<ApplicationStatus>() from other in Enum.GetValues<ApplicationStatus>() select (one, other))
        {
            Assert.InRange(Enum.GetValues<ApplicationAct>().Count(act => act != ApplicationAct.Submit && from.After(act) == to), 0, 1);
        }
    }

    [Fact]
    public void Reviewers_look_at_what_was_submitted_and_is_not_settled() =>
        Assert.Equal([Submitted, Deferred, ApprovedSubjectTo], ApplicationLife.UnderReview);

    [Fact]
    public void What_made_a_project_cannot_be_deleted() =>
        Assert.Equal([ApprovedFully, Completed], Enum.GetValues<ApplicationStatus>().Except(ApplicationLife.Deletable));

    [Fact]
    public void An_approved_application_reads_as_the_guide_says() => Assert.Equal("Approved Fully", ApprovedFully.Name());
}

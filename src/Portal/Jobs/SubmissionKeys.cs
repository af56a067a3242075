using JobServer.Portal.Ui.Forms;

namespace JobServer.Portal.Jobs;

/// <summary>One request for a form, however often it is sent. After a restart the planner still says that the actions are scheduled already.</summary>
internal sealed class SubmissionKeys : FormKeys<JobSubmissionResult>
{
    protected override bool MadeSomething(JobSubmissionResult result) => result is JobSubmissionResult.Submitted or JobSubmissionResult.NothingToDo;
}

using JobServer.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Jobs;

internal sealed class JobLogGapMapping : IEntityTypeConfiguration<JobLogGap>
{
    public void Configure(EntityTypeBuilder<JobLogGap> builder)
    {
        builder.HasKey(gap => new { gap.JobId, gap.Fence, gap.From });
        builder.Property(gap => gap.JobId).HasMaxLength(Job.IdLength).IsUnicode(false);
        builder.Property(gap => gap.From).ValueGeneratedNever();
        builder.Property(gap => gap.Reason).HasMaxLength(JobLogGap.ReasonMaxLength);
    }
}

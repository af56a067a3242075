using JobServer.Domain.Releases.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Releases.Requests;

internal sealed class ReleaseVoteMapping : IEntityTypeConfiguration<ReleaseVote>
{
    public void Configure(EntityTypeBuilder<ReleaseVote> builder)
    {
        builder.Property(vote => vote.Comment).HasMaxLength(ReleaseVote.CommentMaxLength);
        builder.HasOne(vote => vote.File).WithMany(file => file.Votes).HasForeignKey(vote => vote.FileId);
        builder.HasOne(vote => vote.Checker).WithMany().HasForeignKey(vote => vote.CheckerId);

        // One checker is one voice.
        builder.HasIndex(vote => new { vote.FileId, vote.CheckerId }).IsUnique();
    }
}

// Loaded by path, in the client, the worker and the workflow sandbox: messages and stacks go through the codec too.
const { DefaultFailureConverter } = module.require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
